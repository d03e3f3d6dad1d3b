namespace Flowgen.Architecture.Tests;

/// <summary>The files of this repository, without what builds and runs leave behind.</summary>
internal static class Repository
{
    private static readonly HashSet<string> Left = ["bin", "obj", "artifacts", ".git", ".flowgen", "TestResults", "BenchmarkDotNet.Artifacts", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Sources => Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && !IsSnapshot(file));

    public static bool IsSnapshot(string file) => file.Contains(".verified.", StringComparison.Ordinal);

    /// <summary>Path below the root, with slashes: what a message names.</summary>
    public static string NameOf(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Flowgen.sln"))) return at.FullName;
        }

        throw new DirectoryNotFoundException($"No Flowgen.sln above {AppContext.BaseDirectory}");
    }

    private static IEnumerable<string> Walk(string folder) =>
        Directory.GetFiles(folder).Where(file => Path.GetFileName(file) != ".git").Concat(
            Directory.GetDirectories(folder).Where(child => !Left.Contains(Path.GetFileName(child))).SelectMany(Walk));
}
