using System.IO.Compression;

namespace Flowgen.Package.Tests;

/// <summary>What is in the packages, and what they ask for.</summary>
[Collection(PackageCollection.Name)]
public class PackageContentTests(PackageFeed feed)
{
    [Fact]
    public void The_package_Flowgen_holds_language_runtime_log_generator_analyzers_and_fixes() =>
        Assert.Equal(
            [
                "README.md",
                "analyzers/dotnet/cs/Flowgen.Analyzers.dll",
                "analyzers/dotnet/cs/Flowgen.CodeFixes.dll",
                "analyzers/dotnet/cs/Flowgen.Generators.dll",
                "analyzers/dotnet/cs/Flowgen.Parsing.dll",
                "build/Flowgen.props",
                "buildTransitive/Flowgen.props",
                "lib/net10.0/Flowgen.Log.dll",
                "lib/net10.0/Flowgen.Log.xml",
                "lib/net10.0/Flowgen.Runtime.dll",
                "lib/net10.0/Flowgen.Runtime.xml",
                "lib/net10.0/Flowgen.dll",
                "lib/net10.0/Flowgen.xml",
            ],
            FilesOf("Flowgen"));

    [Fact]
    public void The_package_Flowgen_asks_for_no_other_package_than_compression() =>
        Assert.Equal(["K4os.Compression.LZ4", "ZstdSharp.Port"], NuspecOf("Flowgen").Split("<dependency id=\"").Skip(1).Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)]));

    [Theory]
    [InlineData("Flowgen.Hosting")]
    [InlineData("Flowgen.Testing")]
    public void A_package_around_Flowgen_brings_it_along_with_its_analyzers(string id)
    {
        Assert.Contains($"""<dependency id="Flowgen" version="{PackageFeed.Version}" include="All" />""", NuspecOf(id), StringComparison.Ordinal);
        Assert.Contains($"lib/net10.0/{id}.xml", FilesOf(id));
    }

    [Fact]
    public void The_tool_is_called_flow()
    {
        using ZipArchive package = ZipFile.OpenRead(feed["Flowgen.Tool"]);
        using StreamReader settings = new(package.GetEntry("tools/net10.0/any/DotnetToolSettings.xml")!.Open());
        Assert.Contains("""<Command Name="flow" """, settings.ReadToEnd(), StringComparison.Ordinal);
    }

    private IEnumerable<string> FilesOf(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(feed[id]);
        return
        [
            .. package.Entries.Select(entry => entry.FullName)
                .Where(name => !name.StartsWith("_rels", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && !name.EndsWith(".nuspec", StringComparison.Ordinal) && name != "[Content_Types].xml")
                .Order(StringComparer.Ordinal),
        ];
    }

    private string NuspecOf(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(feed[id]);
        using StreamReader nuspec = new(package.GetEntry($"{id}.nuspec")!.Open());
        return nuspec.ReadToEnd();
    }
}
