using System.Globalization;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Tests.Simulation;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Maintenance;

public sealed class BackupTests
{
    private readonly SampleLog _log = new SampleLog().Fill();

    [Fact]
    public async Task A_backup_opens_as_a_log_with_the_same_content_and_without_defect()
    {
        using var log = _log.Open();
        log.RegisterSchema("t", [1, 2, 3]);

        var report = await log.BackupAsync("/backup");

        Assert.Equal(log.DescribePartition("t", 0).SizeInBytes, report.Bytes);
        Assert.Empty(FlowLog.Verify("/backup", _log.Disk).Findings);
        using var backup = FlowLog.Open("/backup", SampleLog.Options, _log.Disk, CommitMode.Inline);
        Assert.True(backup.Recovery.WasClosedCleanly);
        Assert.Equal(LogImage.Of(log), LogImage.Of(backup));
        SampleLog.Append(backup, 40, 5);
        Assert.Equal(80, log.DescribePartition("t", 0).NextOffset);
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("salvage")]
    public void A_copy_is_durable_when_it_ends_no_log_if_it_is_interrupted_and_leaves_the_original_as_it_is(string kind)
    {
        var (whole, _) = CopyAgain(kind, crashAt: int.MaxValue);
        AssertIsNoLogOrWhole(whole.Restart(Loss.Everything, seed: 1), mustBeThere: true);
        for (int at = 0; ; at++)
        {
            var (disk, hasCrashed) = CopyAgain(kind, at);
            if (!hasCrashed)
            {
                Assert.True(at > 5, "Nothing was interrupted.");
                break;
            }

            foreach (var loss in Enum.GetValues<Loss>())
                AssertIsNoLogOrWhole(disk.Restart(loss, at), mustBeThere: false);
        }
    }

    [Theory]
    [InlineData(DiskOperation.CreateDirectory)]
    [InlineData(DiskOperation.Link)]
    public async Task A_topic_that_is_created_again_meanwhile_is_copied_as_one_of_the_two(DiskOperation at)
    {
        using var log = _log.Open();
        bool isDone = false;
        _log.Disk.BeforeChange = (operation, path) =>
        {
            if (isDone || operation != at || !path.StartsWith("/backup/topics/t", StringComparison.Ordinal))
                return;
            isDone = true;
            log.DeleteTopic("t");
            log.CreateTopic("t", new TopicSettings());
            for (int i = 0; i < 5; i++)
                log.Append("t", 0, i.ToString("D300", CultureInfo.InvariantCulture));
        };

        await log.BackupAsync("/backup");

        _log.Disk.BeforeChange = (_, _) => { };
        Assert.True(isDone);
        Assert.DoesNotContain(FlowLog.Verify("/backup", _log.Disk).Findings, f => f.IsDefect);
        using var backup = FlowLog.Open("/backup", SampleLog.Options, _log.Disk, CommitMode.Inline);
        Assert.Equal(log.ReadAll("t", 0), backup.ReadAll("t", 0));
    }

    [Fact]
    public async Task Sealed_segments_are_linked_and_the_rest_is_copied()
    {
        using var directory = new TemporaryDirectory();
        string root = Path.Combine(directory.Path, "log");
        using var log = FlowLog.Open(root, new FlowLogOptions { SegmentBytes = 2_000, Durability = Durability.OsBuffered });
        log.CreateTopic("t", new TopicSettings());
        for (int i = 0; i < 30; i++)
            log.Append("t", 0, i.ToString("D300", CultureInfo.InvariantCulture));

        var report = await log.BackupAsync(Path.Combine(directory.Path, "backup"));

        long active = new FileInfo(Directory.GetFiles(Path.Combine(root, "topics", "t", "0"), "*.segment").Max(StringComparer.Ordinal)!).Length;
        if (OperatingSystem.IsLinux())
            Assert.Equal(report.Bytes - active, report.LinkedBytes);
        var restored = FlowLog.Restore(Path.Combine(directory.Path, "backup"), Path.Combine(directory.Path, "restored"));
        Assert.Equal((report.Bytes, 0L), (restored.Bytes, restored.LinkedBytes));
        using var copy = FlowLog.Open(Path.Combine(directory.Path, "restored"));
        Assert.Equal(log.ReadAll("t", 0), copy.ReadAll("t", 0));
    }

    [Fact]
    public async Task Backups_that_are_taken_while_producers_run_and_records_are_deleted_hold_consistent_prefixes()
    {
        using var directory = new TemporaryDirectory();
        using var log = FlowLog.Open(Path.Combine(directory.Path, "log"), new FlowLogOptions { SegmentBytes = 8 << 10, Durability = Durability.OsBuffered });
        log.CreateTopic("a", new TopicSettings());
        log.CreateTopic("b", new TopicSettings());
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                using var both = log.BeginTransaction();
                both.Append("a", 0, LogTestExtensions.Batch(i.ToString("D200", CultureInfo.InvariantCulture)));
                both.Append("b", 0, LogTestExtensions.Batch(i.ToString("D200", CultureInfo.InvariantCulture)));
                both.SetOffset("g", "a", 0, i);
                both.CommitAsync().AsTask().GetAwaiter().GetResult();
                if (i % 100 == 99)
                    log.DeleteRecordsBefore("a", 0, i - 50);
            }
        });

        for (int round = 0; round < 5; round++)
        {
            string backup = Path.Combine(directory.Path, $"backup{round}");
            using var reading = FlowLog.OpenReadOnly(log.Path);
            await (round % 2 == 0 ? log : reading).BackupAsync(backup);

            Assert.Empty(FlowLog.Verify(backup).Findings);
            using var copy = FlowLog.OpenReadOnly(backup);
            var (a, b) = (copy.DescribePartition("a", 0), copy.DescribePartition("b", 0));
            Assert.Equal(b.NextOffset, a.NextOffset);
            Assert.Equal(b.NextOffset - 1, copy.GetCommitted("g", "a", 0)?.Offset ?? -1);
            Assert.Equal(Enumerable.Range(0, (int)b.NextOffset).Select(i => i.ToString("D200", CultureInfo.InvariantCulture)), copy.ReadAll("b", 0));
        }

        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_target_that_is_not_empty_or_lies_in_the_log_is_refused()
    {
        using var log = _log.Open();
        await log.BackupAsync("/backup");

        Assert.Contains("is not empty", (await Assert.ThrowsAsync<FlowLogException>(() => log.BackupAsync("/backup"))).Message, StringComparison.Ordinal);
        Assert.Contains("inside the log", (await Assert.ThrowsAsync<FlowLogException>(() => log.BackupAsync("/log/backup"))).Message, StringComparison.Ordinal);
        Assert.Throws<FlowLogException>(() => FlowLog.Restore("/backup", "/log", _log.Disk));
        Assert.Throws<LogFormatException>(() => FlowLog.Restore("/none", "/new", _log.Disk));
    }

    [Fact]
    public async Task A_damaged_backup_is_not_restored()
    {
        using (var log = _log.Open())
            await log.BackupAsync("/backup");
        _log.Change("/backup/topics/t/0/00000000000000000000.segment", bytes => bytes[200] ^= 1);

        Assert.Throws<LogCorruptionException>(() => FlowLog.Restore("/backup", "/new", _log.Disk));

        Assert.Empty(_log.Disk.List("/new"));
    }

    private static (SimulatedFileSystem Disk, bool HasCrashed) CopyAgain(string kind, int crashAt)
    {
        var log = new SampleLog().Fill(6);
        using var reading = FlowLog.OpenReadOnly(SampleLog.Root, SampleLog.Options, log.Disk);
        string original = LogImage.Of(reading);
        int start = log.Disk.Operations;
        log.Disk.CrashAt = crashAt == int.MaxValue ? crashAt : start + crashAt;
        try
        {
            Copy(kind, reading, log.Disk);
        }
        catch (SimulatedCrashException)
        {
            Assert.Equal(original, LogImage.Of(reading));
        }

        return (log.Disk, log.Disk.HasCrashed);
    }

    private static void Copy(string kind, FlowLog reading, SimulatedFileSystem disk)
    {
        switch (kind)
        {
            case "backup":
                reading.BackupAsync("/backup").GetAwaiter().GetResult();
                break;
            case "restore":
                FlowLog.Restore(SampleLog.Root, "/backup", disk);
                break;
            default:
                FlowLog.Salvage(SampleLog.Root, "/backup", disk);
                break;
        }
    }

    private static void AssertIsNoLogOrWhole(SimulatedFileSystem disk, bool mustBeThere)
    {
        Assert.False(FlowLog.Verify(SampleLog.Root, disk).HasDefects);
        try
        {
            var report = FlowLog.Verify("/backup", disk);
            Assert.False(report.HasDefects, string.Join(' ', report.Findings));
            Assert.Equal(12, report.Records);
        }
        catch (LogFormatException)
        {
            Assert.False(mustBeThere);
            Assert.DoesNotContain(disk.List("/backup"), e => e.Name == "flowgen.log");
        }
    }
}
