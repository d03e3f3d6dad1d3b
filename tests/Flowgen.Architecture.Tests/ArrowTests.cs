namespace Flowgen.Architecture.Tests;

/// <summary>The arrows of ARCHITECTURE.md: who may know whom.</summary>
public class ArrowTests
{
    /// <summary>Everything a project may reference; what is not here may reference nothing of the repository.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Flowgen"] = [],
        ["Flowgen.Log"] = [],
        ["Flowgen.Runtime"] = ["Flowgen", "Flowgen.Log"],
        ["Flowgen.Hosting"] = ["Flowgen.Runtime"],
        ["Flowgen.Testing"] = ["Flowgen.Runtime"],
        ["Flowgen.Tool"] = ["Flowgen.Runtime"],
        ["Flowgen.Parsing"] = [],
        ["Flowgen.Generators"] = ["Flowgen.Parsing"],
        ["Flowgen.Analyzers"] = ["Flowgen.Parsing"],
        ["Flowgen.CodeFixes"] = ["Flowgen.Parsing", "Flowgen.Analyzers"],
    };

    private static readonly string[] Product = ["src", "generators", "analyzers"];

    public static TheoryData<string> ProductProjects => [.. Project.All.Where(project => Product.Contains(project.Folder)).Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void A_project_knows_only_what_its_arrows_allow(string name)
    {
        Assert.True(Allowed.TryGetValue(name, out string[]? allowed), $"{name} has no line in {nameof(ArrowTests)}.{nameof(Allowed)}: decide what it may know");
        Assert.Empty(Project.Of(name).Projects.Except(allowed));
    }

    [Fact]
    public void Every_line_of_the_table_is_a_project() =>
        Assert.Equal(Allowed.Keys.Order(), Project.All.Where(project => Product.Contains(project.Folder)).Select(project => project.Name).Order());

    [Theory]
    [InlineData("Flowgen")]
    [InlineData("Flowgen.Log", "K4os.Compression.LZ4", "ZstdSharp.Port")]
    [InlineData("Flowgen.Runtime", "K4os.Compression.LZ4", "ZstdSharp.Port")] // the package is made of this project, so it names them, too
    public void What_travels_in_the_package_Flowgen_needs_no_other_package_than_compression(string name, params string[] packages) =>
        Assert.Equal(packages, Project.Of(name).Packages);

    [Fact]
    public void Only_the_code_fixes_know_workspaces() =>
        Assert.Equal(["Flowgen.CodeFixes"], Project.All
            .Where(project => Product.Contains(project.Folder) && project.Packages.Any(package => package.Contains("Workspaces", StringComparison.Ordinal)))
            .Select(project => project.Name));

    [Fact]
    public void Samples_use_the_product_and_not_its_tests()
    {
        IEnumerable<string> tests = Project.All.Where(project => project.Folder == "tests").Select(project => project.Name);
        Assert.Empty(Project.All.Where(project => project.Folder == "samples").SelectMany(project => project.Projects).Intersect(tests));
    }

    [Fact]
    public void Every_project_is_part_of_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "Flowgen.sln"));
        Assert.Empty(Project.All.Where(project => !solution.Contains($"\"{project.Name}\"", StringComparison.Ordinal)).Select(project => project.Name));
    }

    [Fact]
    public void Package_versions_stand_in_one_file()
    {
        IEnumerable<string> own = Repository.Files
            .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(file => File.ReadLines(file).Any(line => line.Contains("<PackageReference", StringComparison.Ordinal) && line.Contains("Version=", StringComparison.Ordinal)));
        Assert.Empty(own.Select(Repository.NameOf));
    }
}
