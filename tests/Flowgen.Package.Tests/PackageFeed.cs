using System.Reflection;

namespace Flowgen.Package.Tests;

/// <summary>The packages of this repository in a folder of their own, packed once for all tests from what the build has left.</summary>
public sealed class PackageFeed : IDisposable
{
    /// <summary>Packs.</summary>
    public PackageFeed()
    {
        Root = Directory.CreateTempSubdirectory("flowgen-packages-").FullName;
        foreach (string project in new[] { "Flowgen.Runtime", "Flowgen.Hosting", "Flowgen.Testing", "Flowgen.Tool" })
        {
            DotnetCli.Run(RepositoryRoot, null, "pack", $"src/{project}/{project}.csproj", "--no-build", "--configuration", Configuration, "--output", Root, "--verbosity", "quiet").Succeeded();
        }
    }

    /// <summary>Folder of the packages.</summary>
    public string Root { get; }

    /// <summary>Version of the packages.</summary>
    public static string Version { get; } = Metadata("PackageVersion");

    private static string Configuration { get; } = Metadata("Configuration");

    private static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>Path of a package.</summary>
    /// <param name="id">Its name.</param>
    /// <returns>The file.</returns>
    public string this[string id] => Path.Combine(Root, $"{id}.{Version}.nupkg");

    /// <summary>Removes the packages.</summary>
    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string Metadata(string key) =>
        typeof(PackageFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == key).Value!;
}
