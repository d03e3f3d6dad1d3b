using System.Diagnostics;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Kernel;

public sealed class SecondProcessTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_second_process_is_told_the_directory_and_who_holds_it_and_can_read()
    {
        using (var log = FlowLog.Open(_directory.Path))
        {
            log.CreateTopic("t", new TopicSettings());
            string[] told = await OpenInAnotherProcess();
            Assert.Contains($"'{_directory.Path}'", told[0], StringComparison.Ordinal);
            if (OperatingSystem.IsLinux())
                Assert.Contains($"process {Environment.ProcessId}", told[0], StringComparison.Ordinal);
            Assert.Equal("1 topics", told[1]);
        }

        Assert.Equal(["opened", "1 topics"], await OpenInAnotherProcess());
    }

    private async Task<string[]> OpenInAnotherProcess()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SecondProcessTests).Assembly.Location, "open", _directory.Path]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        string printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return printed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
