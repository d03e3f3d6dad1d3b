using Flowgen.Log.Files;
using Flowgen.Log.Tests.Simulation;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Commits;

/// <summary>Small commits are durable by the commit file alone; their segments follow in the background.</summary>
public class JournalTests
{
    private const string Segment = "/log/topics/t/0/00000000000000000000.segment";

    private readonly SimulatedFileSystem _files = new();

    [Fact]
    public void A_small_commit_syncs_nothing_but_the_commit_file()
    {
        using var log = Open();
        var synced = new List<string>();
        _files.DuringSync = synced.Add;

        log.Append("t", 0, "a");
        log.Append("t", 0, "b");

        Assert.All(synced[1..], path => Assert.EndsWith(".commits", path, StringComparison.Ordinal));
        Assert.Equal(["/log/topics/t/0"], synced[..1]);
        Assert.Equal(3, synced.Count);
    }

    [Fact]
    public void What_a_segment_has_lost_comes_back_from_the_commit_file()
    {
        using (var log = Open())
        {
            log.Append("t", 0, "a");
            log.Append("t", 0, "b");
        }

        using var again = Scenario.Open(AfterLossDuring(log => log.Append("t", 0, "c", "d")));

        Assert.True(again.Recovery.JournaledBytes > 0);
        Assert.Equal(["a", "b", "c", "d"], again.ReadAll("t", 0));
    }

    [Fact]
    public void A_large_commit_syncs_its_segment_and_leaves_its_bytes_out_of_the_commit_file()
    {
        using var log = Open(Scenario.Options with { JournalBelowBytes = 4096, SegmentBytes = 1 << 20 });
        log.Append("t", 0, "small");
        var synced = new List<string>();
        _files.DuringSync = synced.Add;
        long before = CommitBytes();

        log.Append("t", 0, new string('x', 10_000));

        Assert.Equal(Segment, synced[0]);
        Assert.EndsWith(".commits", synced[1], StringComparison.Ordinal);
        Assert.InRange(CommitBytes() - before, 1, 1000);
    }

    [Fact]
    public void A_former_commit_file_stays_until_the_segments_it_journals_are_written_back()
    {
        using var log = Open(Scenario.Options with { JournalFileBytes = 500 });
        for (int i = 0; i < 4; i++)
            log.Append("t", 0, new string('x', 100));
        Assert.Equal(2, CommitFiles().Count);
        var synced = new List<string>();
        _files.DuringSync = synced.Add;

        log.Pipeline.WriteBackNext();

        Assert.Contains(Segment, synced);
        Assert.Single(CommitFiles());
    }

    [Fact]
    public void A_failed_write_back_poisons_the_log_and_the_commit_files_mend_the_segment()
    {
        using (var log = Open(Scenario.Options with { JournalFileBytes = 500 }))
        {
            for (int i = 0; i < 4; i++)
                log.Append("t", 0, new string((char)('a' + i), 100));
            _files.FailAt = _files.Operations;
            log.Pipeline.WriteBackNext();

            Assert.Throws<LogPoisonedException>(() => log.Append("t", 0, "later"));
            Assert.Equal(2, CommitFiles().Count);
        }

        using var again = Scenario.Open(_files.Restart(Loss.Everything, seed: 0));
        Assert.Equal(Enumerable.Range(0, 4).Select(i => new string((char)('a' + i), 100)), again.ReadAll("t", 0));
    }

    [Fact]
    public void A_former_commit_file_that_does_not_reach_to_the_next_one_is_a_defect()
    {
        using (var log = Open(Scenario.Options with { JournalFileBytes = 500 }))
        {
            for (int i = 0; i < 4; i++)
                log.Append("t", 0, new string('x', 100));
            using var former = _files.Open(CommitFiles()[0], FileOpenMode.Existing);
            former.Truncate(former.Length - 8);

            var e = Assert.Throws<LogCorruptionException>(() => Scenario.Open(new AfterKill(_files)));
            Assert.Contains("but the next file starts with commit", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nothing_waits_in_the_commit_files_when_the_log_is_closed()
    {
        using (var log = Open(Scenario.Options with { JournalFileBytes = 500 }))
        {
            for (int i = 0; i < 4; i++)
                log.Append("t", 0, new string('x', 100));
        }

        Assert.Single(CommitFiles());
        using var again = Scenario.Open(_files.Restart(Loss.Everything, seed: 0));
        Assert.Equal((true, 0L), (again.Recovery.WasClosedCleanly, again.Recovery.JournaledBytes));
        Assert.Equal(4, again.ReadAll("t", 0).Count);
    }

    private FlowLog Open(FlowLogOptions? options = null)
    {
        var log = Scenario.Open(_files, options);
        log.EnsureTopic("t", new TopicSettings());
        return log;
    }

    private SimulatedFileSystem AfterLossDuring(Action<FlowLog> change)
    {
        using var log = Scenario.Open(_files);
        change(log);
        return _files.Restart(Loss.Everything, seed: 0);
    }

    private List<string> CommitFiles() => [.. _files.List("/log/commits").Select(e => $"/log/commits/{e.Name}").Order(StringComparer.Ordinal)];

    private long CommitBytes()
    {
        using var file = _files.Open(CommitFiles()[^1], FileOpenMode.Existing);
        return file.Length;
    }
}
