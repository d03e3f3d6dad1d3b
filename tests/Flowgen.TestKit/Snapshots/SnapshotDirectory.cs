using System.Reflection;
using System.Text;
using Xunit;

namespace Flowgen.TestKit.Snapshots;

/// <summary>The verified files of one test class, in the names and formats of Verify.SourceGenerators:
/// <c>{Class}.{Method}#{hint without last extension}.verified.cs</c>, first line <c>//HintName: …</c>, UTF-8 with byte order mark, LF, no final newline.</summary>
public sealed class SnapshotDirectory
{
    private static readonly UTF8Encoding Utf8WithMark = new(encoderShouldEmitUTF8Identifier: true);
    private static readonly bool Accept = Environment.GetEnvironmentVariable("FLOWGEN_ACCEPT") == "1" && Environment.GetEnvironmentVariable("CI") is null;

    private readonly string _directory;

    /// <summary>Finds the directory of a test class: the folders of its namespace below the project's directory.</summary>
    /// <param name="testClass">The test class. Its assembly names its directory: <c>AssemblyMetadata("ProjectDirectory")</c>.</param>
    public SnapshotDirectory(Type testClass)
    {
        Assembly assembly = testClass.Assembly;
        string project = assembly.GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(a => a.Key == "ProjectDirectory")?.Value
            ?? throw new InvalidOperationException($"'{assembly.GetName().Name}' has no AssemblyMetadata(\"ProjectDirectory\"): add it to the project file");
        string root = assembly.GetName().Name!;
        string folders = testClass.Namespace!.StartsWith(root, StringComparison.Ordinal) ? testClass.Namespace[root.Length..].Trim('.') : "";
        _directory = Path.Combine(project, folders.Replace('.', Path.DirectorySeparatorChar));
    }

    /// <summary>Compares texts with the verified files of a test; with <c>FLOWGEN_ACCEPT=1</c> they become the verified files.</summary>
    /// <param name="test">Class and method: <c>TumblingTests.Count</c>.</param>
    /// <param name="texts">The text of each file by hint name.</param>
    public void Verify(string test, IReadOnlyDictionary<string, string> texts)
    {
        Directory.CreateDirectory(_directory);
        List<string> failures = [];
        HashSet<string> expected = [];
        foreach ((string hint, string text) in texts.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            string stem = $"{test}#{Path.GetFileNameWithoutExtension(hint)}";
            expected.Add(stem + ".verified.cs");
            if (Compare(stem, Normalize($"//HintName: {hint}\n{text}")) is { } failure) failures.Add(failure);
        }

        foreach (string file in Directory.GetFiles(_directory, $"{test}#*.verified.cs"))
        {
            if (expected.Contains(Path.GetFileName(file))) continue;
            if (Accept) File.Delete(file);
            else failures.Add($"Delete: {file}");
        }

        Assert.True(failures.Count == 0, $"Directory: {_directory}\nFLOWGEN_ACCEPT=1 accepts what was generated.\n{string.Join('\n', failures)}");
    }

    private string? Compare(string stem, string text)
    {
        string verified = Path.Combine(_directory, stem + ".verified.cs");
        string received = Path.Combine(_directory, stem + ".received.cs");
        string? before = File.Exists(verified) ? Normalize(File.ReadAllText(verified)) : null;
        if (before == text)
        {
            File.Delete(received);
            return null;
        }

        File.WriteAllText(Accept ? verified : received, text, Utf8WithMark);
        if (Accept)
        {
            File.Delete(received);
            return null;
        }

        return before is null ? $"New: {received}" : $"NotEqual: {received}\n{FirstDifference(before, text)}";
    }

    private static string FirstDifference(string before, string now)
    {
        string[] old = before.Split('\n'), @new = now.Split('\n');
        int line = 0;
        while (line < old.Length && line < @new.Length && old[line] == @new[line]) line++;
        return $"  line {line + 1}\n  - {(line < old.Length ? old[line] : "(end)")}\n  + {(line < @new.Length ? @new[line] : "(end)")}";
    }

    private static string Normalize(string text) => text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n');
}
