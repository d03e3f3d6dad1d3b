using System.Diagnostics;
using System.Globalization;
using System.Text;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Reading;

/// <summary>A real process owns the log and writes, this one reads it.</summary>
public sealed class SecondProcessTests : IDisposable
{
    private const int Records = 120;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_reader_follows_the_owner_through_rotations_and_its_kill_and_sees_all_that_was_acknowledged()
    {
        using var owner = Start();
        try
        {
            await owner.StandardOutput.ReadLineAsync(); // the first commit is acknowledged
            using var reading = FlowLog.OpenReadOnly(_directory.Path);
            using var reader = reading.OpenReader("t", 0, 0);
            string firstFile = CommitFile();
            long next = 0;
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            while (next < Records || CommitFile() == firstFile)
            {
                long version = reading.CommitVersion;
                long before = next;
                next = ReadOn(reader, next);
                Assert.True(next <= reading.GetCommitted("g0", "t", 0)!.Value.Offset + 1);
                if (next == before)
                    await reading.WaitForCommitAsync(version, patience.Token);
            }

            Assert.Throws<LogLockedException>(() => FlowLog.Open(_directory.Path));
            owner.Kill();
            long acknowledged = Rest(await owner.StandardOutput.ReadToEndAsync()) ?? 0;
            reading.Follow();
            next = ReadOn(reader, next);

            Assert.InRange(next, acknowledged + 1, acknowledged + 2);
            Assert.False(FlowLog.Verify(_directory.Path).HasDefects);
            using var again = FlowLog.Open(_directory.Path);
            Assert.InRange(again.DescribePartition("t", 0).NextOffset, next, next + 1);
        }
        finally
        {
            owner.Kill();
        }
    }

    private static long ReadOn(PartitionReader reader, long next)
    {
        while (reader.TryRead(out var batch))
        {
            for (int i = batch.FirstIndex; i < batch.Count; i++)
                Assert.Equal((next++).ToString("D200", CultureInfo.InvariantCulture), Encoding.UTF8.GetString(batch[i].Value));
        }

        return next;
    }

    // The last whole line.
    private static long? Rest(string printed) => printed.Split('\n', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } lines && printed.EndsWith('\n')
        ? long.Parse(lines[^1], CultureInfo.InvariantCulture)
        : null;

    private string CommitFile() => Directory.GetFiles(Path.Combine(_directory.Path, "commits"), "*.commits").Max(StringComparer.Ordinal)!;

    private Process Start() => Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(SecondProcessTests).Assembly.Location, "write", _directory.Path])
    {
        RedirectStandardOutput = true,
    })!;
}
