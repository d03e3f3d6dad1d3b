using System.Runtime.CompilerServices;
using Flowgen.Log.Storage;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Golden;

/// <summary>
/// Logs that former versions have written are read as they were written. A directory is added for each format version, by
/// <c>FLOWGEN_ACCEPT=1 dotnet test tests/Flowgen.Log.Tests --filter Golden</c>, and none is ever changed.
/// </summary>
public sealed class GoldenTests : IDisposable
{
    private const string Content = "content.txt";
    private const string Log = "log";

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, FormatFile.Version)];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public void The_log_that_a_version_has_written_is_read(int version)
    {
        string golden = PathOf(version);
        if (version == FormatFile.Version && !Directory.Exists(golden) && Environment.GetEnvironmentVariable("FLOWGEN_ACCEPT") == "1")
            Accept(golden);
        string copy = Path.Combine(_directory.Path, "copy");
        Copy(Path.Combine(golden, Log), copy);

        using (var log = FlowLog.Open(copy))
        {
            Assert.Equal(File.ReadAllText(Path.Combine(golden, Content)), GoldenLog.Describe(log));
            log.Append("plain", 2, "written by this version");
        }

        using var again = FlowLog.Open(copy);
        Assert.Equal("written by this version", again.ReadAll("plain", 2)[^1]);
    }

    // Another format needs another number, and another directory.
    [Fact]
    public void This_version_still_writes_what_it_has_written()
    {
        string written = Path.Combine(_directory.Path, "written");
        Directory.CreateDirectory(written);
        GoldenLog.Write(written);
        string golden = Path.Combine(PathOf(FormatFile.Version), Log);

        // When commit files follow one another is no matter of the format.
        string[] same = [.. Files(golden).Where(f => !f.StartsWith(LogLayout.CommitsName, StringComparison.Ordinal) && f != LogLayout.DurableName)];
        Assert.Empty(same.Except(Files(written)));
        foreach (string file in same)
            Assert.True(File.ReadAllBytes(Path.Combine(golden, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(written, file))), $"'{file}' has other bytes than format {FormatFile.Version} says. If the format has changed, give it another number.");
    }

    private static string PathOf(int version, [CallerFilePath] string file = "") =>
        Path.Combine(Directory.Exists(Path.GetDirectoryName(file)) ? Path.GetDirectoryName(file)! : Path.Combine(AppContext.BaseDirectory, "Golden"), $"v{version}");

    private static void Accept(string golden)
    {
        Directory.CreateDirectory(Path.Combine(golden, Log));
        GoldenLog.Write(Path.Combine(golden, Log));
        using var directory = new TemporaryDirectory();
        Copy(Path.Combine(golden, Log), directory.Path);
        using var log = FlowLog.Open(directory.Path);
        File.WriteAllText(Path.Combine(golden, Content), GoldenLog.Describe(log));
    }

    private static string[] Files(string directory) =>
        [.. Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(directory, f)).Order(StringComparer.Ordinal)];

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Files(from))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, file))!);
            File.Copy(Path.Combine(from, file), Path.Combine(to, file));
        }
    }
}
