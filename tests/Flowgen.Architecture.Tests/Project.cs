using System.Xml.Linq;

namespace Flowgen.Architecture.Tests;

/// <summary>What a project file says about its neighbours.</summary>
internal sealed record Project(string Name, string Folder, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    /// <summary>What <c>UseFlowgen</c> in Directory.Build.targets adds.</summary>
    private static readonly string[] Language = ["Flowgen.Runtime", "Flowgen.Parsing", "Flowgen.Generators", "Flowgen.Analyzers"];

    public static IReadOnlyList<Project> All { get; } =
        [.. Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(Read)];

    public static Project Of(string name) => All.Single(project => project.Name == name);

    private static Project Read(string file)
    {
        XDocument xml = XDocument.Load(file);
        IEnumerable<string> projects = Includes(xml, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));
        if (xml.Descendants("UseFlowgen").Any(use => use.Value == "true")) projects = projects.Concat(Language);
        string folder = Repository.NameOf(file).Split('/')[0];
        return new Project(Path.GetFileNameWithoutExtension(file), folder, [.. projects], [.. Includes(xml, "PackageReference")]);
    }

    private static IEnumerable<string> Includes(XDocument xml, string item) =>
        xml.Descendants(item).Select(reference => reference.Attribute("Include")?.Value).OfType<string>();
}
