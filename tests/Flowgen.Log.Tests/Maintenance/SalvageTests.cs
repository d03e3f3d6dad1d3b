using System.Text;
using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Maintenance;

public sealed class SalvageTests
{
    [Fact]
    public void Of_a_good_log_nothing_is_lost()
    {
        var log = new SampleLog().Fill();

        var report = FlowLog.Salvage(SampleLog.Root, "/new", log.Disk);

        Assert.Empty(report.Lost);
        Assert.Empty(report.Findings);
        Assert.Equal(80, report.Records);
        AssertHolds(log, report);
    }

    [Fact]
    public void After_a_flip_anywhere_exactly_the_reported_ranges_are_lost()
    {
        var log = new SampleLog().Fill();
        string segment = log.Files(".segment")[1];
        byte[] good = log.Read(segment);
        for (int at = 3; at < good.Length; at += 29 * 5)
        {
            log.Change(segment, bytes => bytes[at] ^= 0x10);
            log.Clear("/new");

            var report = FlowLog.Salvage(SampleLog.Root, "/new", log.Disk);

            Assert.Equal(at < 64 ? 0 : 2, report.Lost.Sum(l => l.NextOffset - l.FirstOffset));
            AssertHolds(log, report);
            log.Change(segment, bytes => good.CopyTo(bytes, 0));
        }
    }

    [Fact]
    public void Several_batches_a_cut_and_a_missing_segment_are_reported_as_ranges()
    {
        var log = new SampleLog().Fill();
        var segments = log.Files(".segment");
        var batches = log.Batches(segments[0]);
        log.Change(segments[0], bytes => bytes.AsSpan(batches[2] + 40, batches[4] - batches[2]).Fill(0xAA)); // three batches
        log.Truncate(segments[1], log.Batches(segments[1])[3] + 20);
        log.Disk.Delete(segments[2]);

        var report = FlowLog.Salvage(SampleLog.Root, "/new", log.Disk);

        Assert.Equal(2, report.Lost.Count);
        Assert.Equal((4L, 10L), (report.Lost[0].FirstOffset, report.Lost[0].NextOffset));
        Assert.True(report.Lost[1].NextOffset - report.Lost[1].FirstOffset > 10);
        Assert.All(report.Lost, l => Assert.NotEmpty(l.Reason));
        AssertHolds(log, report);
    }

    [Fact]
    public void A_block_that_cannot_be_read_costs_its_batches_and_no_others()
    {
        using var directory = new TemporaryDirectory();
        string source = WriteLog(directory, batches: 100);
        var files = new FaultyFiles { IsUnreadable = (path, position, length) => path.EndsWith(".segment", StringComparison.Ordinal) && position < 12_288 && position + length > 8_192 };

        var report = FlowLog.Salvage(source, Path.Combine(directory.Path, "new"), files);

        var lost = Assert.Single(report.Lost);
        Assert.InRange(lost.NextOffset - lost.FirstOffset, 1, 20);
        Assert.Equal(100, report.Records + lost.NextOffset - lost.FirstOffset);
        Assert.Contains(report.Findings, f => f is { Check: "unreadable", Position: 8_192 });
        using var salvaged = FlowLog.Open(Path.Combine(directory.Path, "new"));
        Assert.Equal(report.Records, salvaged.ReadAll("t", 0).Count);
    }

    [Fact]
    public void A_full_target_is_no_damage_of_the_source()
    {
        using var directory = new TemporaryDirectory();
        string source = WriteLog(directory, batches: 10);

        Assert.ThrowsAny<IOException>(() => FlowLog.Salvage(source, Path.Combine(directory.Path, "new"), new FaultyFiles { IsFull = true }));
    }

    [Fact]
    public void Batches_that_a_damaged_commit_file_cannot_name_are_reported()
    {
        var log = new SampleLog().Fill();
        string commits = log.Files("/log/commits", ".commits")[^1];
        log.Change(commits, bytes => bytes[bytes.Length / 2] ^= 1);

        var report = FlowLog.Salvage(SampleLog.Root, "/new", log.Disk);

        using var salvaged = FlowLog.Open("/new", SampleLog.Options, log.Disk, CommitMode.Inline);
        long kept = salvaged.DescribePartition("t", 0).NextOffset;
        Assert.InRange(kept, 1, 79);
        var lost = Assert.Single(report.Lost);
        Assert.Equal((kept, 80L), (lost.FirstOffset, lost.NextOffset));
        Assert.Contains("--from-segments", lost.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_damaged_log_stays_as_it_is_and_a_directory_that_is_not_empty_is_refused()
    {
        var log = new SampleLog().Fill();
        string segment = log.Files(".segment")[0];
        log.Change(segment, bytes => bytes[300] ^= 1);
        byte[] damaged = log.Read(segment);

        FlowLog.Salvage(SampleLog.Root, "/new", log.Disk);

        Assert.Equal(damaged, log.Read(segment));
        Assert.Throws<FlowLogException>(() => FlowLog.Salvage(SampleLog.Root, "/new", log.Disk));
        Assert.Throws<LogFormatException>(() => FlowLog.Salvage("/none", "/newer", log.Disk));
    }

    [Fact]
    public void Without_any_readable_commit_file_it_says_so()
    {
        var log = new SampleLog().Fill();
        foreach (string commits in log.Files("/log/commits", ".commits"))
            log.Change(commits, bytes => bytes[70] ^= 1);

        var e = Assert.Throws<LogCorruptionException>(() => FlowLog.Salvage(SampleLog.Root, "/new", log.Disk));
        Assert.Contains("flow salvage --from-segments", e.Message, StringComparison.Ordinal);
    }

    private static string WriteLog(TemporaryDirectory directory, int batches)
    {
        string source = Path.Combine(directory.Path, "log");
        using var log = FlowLog.Open(source);
        log.CreateTopic("t", new TopicSettings());
        for (int i = 0; i < batches; i++)
            log.Append("t", 0, new string('x', 300));
        return source;
    }

    // The new log opens, is without defect, and holds every record except the reported ones, at its offset.
    private static void AssertHolds(SampleLog log, SalvageReport report)
    {
        Assert.DoesNotContain(FlowLog.Verify("/new", log.Disk).Findings, f => f.IsDefect);
        using var salvaged = FlowLog.Open("/new", SampleLog.Options, log.Disk, CommitMode.Inline);
        Assert.Equal((0L, 80L), (salvaged.DescribePartition("t", 0).FirstOffset, salvaged.DescribePartition("t", 0).NextOffset));
        Assert.Equal(5, salvaged.GetCommitted("group", "t", 0)?.Offset);
        var held = new List<long>();
        using (var reader = salvaged.OpenReader("t", 0, 0))
        {
            while (reader.TryRead(out var batch))
            {
                for (int i = batch.FirstIndex; i < batch.Count; i++)
                {
                    Assert.Equal(SampleLog.Value(batch[i].Offset), Encoding.UTF8.GetString(batch[i].Value));
                    held.Add(batch[i].Offset);
                }
            }
        }

        Assert.Equal(Enumerable.Range(0, 80).Select(i => (long)i).Where(o => !report.Lost.Any(l => o >= l.FirstOffset && o < l.NextOffset)), held);
        SampleLog.Append(salvaged, 40, 3);
        Assert.Equal(86, salvaged.DescribePartition("t", 0).NextOffset);
    }
}
