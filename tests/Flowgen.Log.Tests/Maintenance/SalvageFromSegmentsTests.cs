using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Tests.Cleaning;
using Flowgen.Log.Tests.Simulation;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Maintenance;

/// <summary>The commit files are lost: all that is whole in the segments is taken, and the report says where it may be too much.</summary>
public sealed class SalvageFromSegmentsTests
{
    private const string New = "/new";
    private static readonly TopicPartition Partition = new("t", 0);

    [Fact]
    public void Every_record_keeps_its_offset_and_the_partition_is_called_uncertain()
    {
        var log = new SampleLog().Fill();
        log.Clear("/log/commits");
        Assert.Throws<LogFormatException>(() => FlowLog.Salvage(SampleLog.Root, New, log.Disk));

        var report = FlowLog.SalvageFromSegments(SampleLog.Root, New, log.Disk);

        Assert.Empty(report.Lost);
        Assert.Empty(report.Findings);
        Assert.Equal([Partition], report.Uncertain);
        Assert.Equal(80, report.Records);
        Assert.Equal(Offsets(0, 80), Read(log));
        using var salvaged = Open(log.Disk);
        Assert.Equal(2, salvaged.DescribeTopic("t").Partitions);
        Assert.Empty(salvaged.ListGroups());
        SampleLog.Append(salvaged, 40, 3);
        Assert.Equal(86, salvaged.DescribePartition("t", 0).NextOffset);
    }

    [Fact]
    public void A_batch_that_was_written_and_never_committed_is_among_them_and_a_torn_one_is_not()
    {
        var log = new SampleLog().Fill();
        var owner = log.Open();
        owner.Pipeline.RunOnTheCallersThread(CommitMode.Manual);
        using var transaction = owner.BeginTransaction();
        transaction.Append("t", 0, ScenarioBatch.Of(new ModelRecord("k", "a")));
        transaction.Append("t", 0, ScenarioBatch.Of(new ModelRecord("k", "torn")));
        var commit = transaction.CommitAsync().AsTask();
        owner.Pipeline.WriteNext();
        Assert.False(commit.IsCompleted);
        string last = log.Files(".segment")[^1];
        log.Truncate(last, log.Read(last).Length - 1);
        log.Clear("/log/commits");

        var report = FlowLog.SalvageFromSegments(SampleLog.Root, New, log.Disk);

        Assert.Empty(report.Lost);
        Assert.Equal(81, report.Records);
        Assert.Equal([Partition], report.Uncertain);
        Assert.Equal(Offsets(0, 81), Read(log));
    }

    [Fact]
    public void Damaged_batches_headers_and_missing_segments_are_lost_ranges()
    {
        var log = new SampleLog().Fill();
        var segments = log.Files(".segment");
        var batches = log.Batches(segments[0]);
        log.Change(segments[0], bytes => bytes.AsSpan(batches[2] + 40, batches[4] - batches[2]).Fill(0xAA)); // three batches
        log.Change(segments[1], bytes => bytes[20] ^= 1); // the header: its batches are whole
        log.Disk.Delete(segments[2]);
        log.Clear("/log/commits");

        var report = FlowLog.SalvageFromSegments(SampleLog.Root, New, log.Disk);

        Assert.Equal("segment-header", Assert.Single(report.Findings).Check);
        Assert.Equal(2, report.Lost.Count);
        Assert.Equal((4L, 10L), (report.Lost[0].FirstOffset, report.Lost[0].NextOffset));
        Assert.Equal(Offsets(0, 80).Where(o => !report.Lost.Any(l => o >= l.FirstOffset && o < l.NextOffset)), Read(log));
        Assert.Equal(80, report.Records + report.Lost.Sum(l => l.NextOffset - l.FirstOffset));
    }

    [Fact]
    public void What_compaction_has_replaced_or_not_come_to_the_end_of_is_left_out()
    {
        using var log = new CleaningLog(new TopicSettings(Cleanup: TopicCleanup.Compact) { MinDirtyRatio = 0 });
        for (int i = 0; i < 30; i++)
            log.Append($"a={i}", $"b{i % 3}={i}", $"only{i}={i}");
        log.Roll();
        log.Append("end=1");
        var replaced = Segments(log.Disk).ToDictionary(p => p, p => Content(log.Disk, p));
        log.Clean();
        var expected = LogContent.Of(log.Log).Partition("t", 0).Records;
        string compacted = Segments(log.Disk).First(p => !replaced.ContainsKey(p));
        foreach (var (path, content) in replaced.SkipLast(1)) // a crash before the files were deleted
            Write(log.Disk, path, content);
        Write(log.Disk, compacted.Replace(".1.", ".2.", StringComparison.Ordinal), Content(log.Disk, compacted)[..600]); // and one in the next run
        foreach (var commits in log.Disk.List("/log/commits"))
            log.Disk.Delete($"/log/commits/{commits.Name}");

        var report = FlowLog.SalvageFromSegments("/log", New, log.Disk);

        Assert.Empty(report.Lost);
        Assert.NotEmpty(report.Findings);
        Assert.All(report.Findings, f => Assert.False(f.IsDefect));
        using var salvaged = Open(log.Disk);
        Assert.Equal(TopicCleanup.Compact, salvaged.DescribeTopic("t").Settings.Cleanup);
        Assert.Equal(expected, LogContent.Of(salvaged).Partition("t", 0).Records);
    }

    [Fact]
    public void Of_a_deleted_topic_of_the_same_name_nothing_is_taken()
    {
        var log = new SampleLog().Fill();
        var old = log.Files(".segment")[1];
        byte[] content = log.Read(old);
        using (var owner = log.Open())
        {
            owner.DeleteTopic("t");
            owner.CreateTopic("t", new TopicSettings(2));
            SampleLog.Append(owner, 0, 2);
        }

        Write(log.Disk, old, content);
        log.Clear("/log/commits");

        var report = FlowLog.SalvageFromSegments(SampleLog.Root, New, log.Disk);

        Assert.Contains("a topic of that name that was deleted", Assert.Single(report.Findings).Message, StringComparison.Ordinal);
        Assert.Equal(Offsets(0, 4), Read(log));
    }

    [Fact]
    public void Where_no_topics_are_there_is_nothing_to_salvage() =>
        Assert.Throws<LogFormatException>(() => FlowLog.SalvageFromSegments("/none", New, new SampleLog().Disk));

    private static FlowLog Open(SimulatedFileSystem disk) => FlowLog.Open(New, SampleLog.Options, disk, CommitMode.Inline);

    // The offsets of the salvaged records.
    private static IEnumerable<long> Read(SampleLog log)
    {
        Assert.DoesNotContain(FlowLog.Verify(New, log.Disk).Findings, f => f.IsDefect);
        using var salvaged = Open(log.Disk);
        return LogContent.Of(salvaged).Partition("t", 0).Records.Select(r => r.Offset);
    }

    private static IEnumerable<long> Offsets(int from, int to) => Enumerable.Range(from, to - from).Select(i => (long)i);

    private static List<string> Segments(SimulatedFileSystem disk) =>
        [.. disk.List(SampleLog.Partition).Select(e => $"{SampleLog.Partition}/{e.Name}").Where(p => p.EndsWith(".segment", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static byte[] Content(SimulatedFileSystem disk, string path) => disk.ReadAll(path, int.MaxValue);

    private static void Write(SimulatedFileSystem disk, string path, byte[] content)
    {
        using var file = disk.Open(path, FileOpenMode.Create);
        file.Write(0, content);
    }
}
