using System.Diagnostics;
using System.Globalization;
using Flowgen.Log.Tests.Support;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Kernel;

/// <summary>
/// A real process on a real kernel, into whose system calls strace injects failures and kills. A kill does not test syncs (the page cache
/// survives it): the simulation does that.
/// </summary>
public sealed class KernelTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_failed_fdatasync_is_noticed_and_what_was_acknowledged_before_it_is_there()
    {
        if (!await StraceWorks())
            return;

        string[] printed = await Run("fdatasync:error=EIO:when=12+");

        Assert.Equal(nameof(LogPoisonedException), printed[^1]);
        AssertHolds(printed[..^1]);
    }

    [Fact]
    public async Task A_failed_fsync_of_a_directory_is_noticed()
    {
        if (!await StraceWorks())
            return;

        string[] printed = await Run("fsync:error=EIO:when=5"); // strace counts for each thread: the directory of the topic

        Assert.Equal([nameof(LogPoisonedException)], printed);
        AssertHolds([]);
    }

    [Theory]
    [InlineData("fdatasync", 5)]
    [InlineData("fdatasync", 14)]
    [InlineData("fdatasync", 20)]
    [InlineData("pwrite64", 9)]
    [InlineData("pwrite64", 14)]
    [InlineData("pwrite64", 19)]
    public async Task A_kill_in_a_system_call_loses_nothing_that_was_acknowledged(string call, int number)
    {
        if (!await StraceWorks())
            return;

        AssertHolds(await Run(FormattableString.Invariant($"{call}:signal=KILL:when={number}")));
    }

    // The log holds the acknowledged records, and perhaps the one that was being committed.
    private void AssertHolds(string[] acknowledged)
    {
        Assert.Equal(Numbers(acknowledged.Length), acknowledged);
        Assert.InRange(acknowledged.Length, 0, CommitProgram.Commits - 1);
        using var log = FlowLog.Open(_directory.Path);
        Assert.False(log.Recovery.WasClosedCleanly);
        var held = log.ListTopics().Count == 0 ? [] : log.ReadAll("t", 0);
        Assert.InRange(held.Count, acknowledged.Length, acknowledged.Length + 1);
        Assert.Equal(Numbers(held.Count), held);
    }

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture));

    private Task<string[]> Run(string injection) =>
        Start("strace", "-f", "-qq", "-o", "/dev/null", "-e", $"inject={injection}", Environment.ProcessPath!, typeof(KernelTests).Assembly.Location, _directory.Path);

    private async Task<bool> StraceWorks()
    {
        if (OperatingSystem.IsLinux() && (await Start("/bin/sh", "-c", "strace -qq -o /dev/null true && echo works")) is ["works"])
            return true;
        output.WriteLine("Not run: strace is missing here, or may not trace a process.");
        return false;
    }

    private static async Task<string[]> Start(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        string printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await errors;
        return printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
