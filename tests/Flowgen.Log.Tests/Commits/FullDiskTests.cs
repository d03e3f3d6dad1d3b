using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Simulation;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Commits;

/// <summary>A full disk stops appending and nothing else, and appending goes on when there is room.</summary>
public class FullDiskTests
{
    private static readonly string Large = new('x', 20_000);

    private readonly SimulatedFileSystem _files = new();

    [Fact]
    public void Appending_fails_with_a_typed_error_leaves_nothing_and_goes_on_when_there_is_room()
    {
        using var log = Open();
        log.Append("t", 0, "before");
        FillUp();

        var e = Assert.Throws<DiskFullException>(() => log.Append("t", 0, Large));
        Assert.Contains("make room and commit again, the log need not be opened anew", e.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<LogWriteException>(e);
        Assert.Equal(["before"], log.ReadAll("t", 0));

        _files.CapacityInPages = int.MaxValue;
        log.Append("t", 0, Large);
        Assert.Equal(["before", Large], log.ReadAll("t", 0));
    }

    [Fact]
    public void Offsets_deletions_aborts_and_reading_go_on()
    {
        using var log = Open();
        for (int i = 0; i < 5; i++)
            log.Append("t", 0, Large);
        FillUp();
        Assert.Throws<DiskFullException>(() => log.Append("t", 0, Large));

        for (int i = 0; i < 100; i++)
            log.CommitOffset("g", "t", 0, i % 5, "metadata");
        using (var aborted = log.BeginTransaction())
            aborted.Append("t", 0, LogTestExtensions.Batch(Large));
        log.DeleteRecordsBefore("t", 0, 3);

        Assert.Equal(99 % 5, log.GetCommitted("g", "t", 0)?.Offset);
        Assert.Equal([Large, Large], log.ReadAll("t", 0));
        log.Append("t", 0, "in the room of the deleted records");
    }

    [Fact]
    public void The_room_for_offsets_and_deletions_is_kept_while_the_log_is_closed()
    {
        var log = Open();
        for (int i = 0; i < 5; i++)
            log.Append("t", 0, Large);
        log.Dispose();
        FillUp();

        using var again = Scenario.Open(_files);

        Assert.Throws<DiskFullException>(() => again.Append("t", 0, Large));
        again.CommitOffset("g", "t", 0, 1, "metadata");
        again.DeleteRecordsBefore("t", 0, 3);
        Assert.Equal(1, again.GetCommitted("g", "t", 0)?.Offset);
    }

    [Fact]
    public void A_data_commit_never_takes_the_room_that_is_kept_for_offsets()
    {
        using var log = Open(Scenario.Options with { CommitReserveBytes = 16 << 10, SegmentBytes = 1 << 20 });
        log.Append("t", 0, "a segment that has room");
        FillUp();

        int appended = 0;
        Assert.Throws<DiskFullException>(() =>
        {
            for (; appended < 10_000; appended++)
                log.Append("t", 0, "x");
        });
        log.CommitOffset("g", "t", 0, 1, "");

        Assert.Equal(1, log.GetCommitted("g", "t", 0)?.Offset);
        Assert.Equal(appended + 1, log.ReadAll("t", 0).Count);
    }

    [Fact]
    public void A_new_commit_file_is_put_off_until_there_is_room()
    {
        using var log = Open(Scenario.Options with { JournalFileBytes = 2000, SegmentBytes = 1 << 20 });
        log.Append("t", 0, new string('a', 1500));
        FillUp();
        log.Append("t", 0, new string('b', 700)); // in the page that the segment has
        Assert.Single(_files.List("/log/commits"));

        _files.CapacityInPages = int.MaxValue;
        log.Append("t", 0, new string('c', 300_000), "and the commit log goes on in a new file");
        for (int i = 0; i < 600; i++)
            log.Append("t", 0, new string('d', 700));
        log.Pipeline.WriteBackNext();

        Assert.NotEqual("00000000000000000001.commits", Assert.Single(_files.List("/log/commits")).Name);
    }

    [Fact]
    public void A_commit_record_that_cannot_be_written_takes_everything_back_that_was_written_since()
    {
        using (var log = Open())
        {
            log.Append("t", 0, "before");
            log.Pipeline.RunOnTheCallersThread(CommitMode.Manual);
            Task[] commits = [Submit(log, "a"), Submit(log, new string('b', 2000)), Submit(log, "c")];
            Assert.True(log.Pipeline.WriteNext());
            Assert.True(log.Pipeline.WriteNext());
            _files.BeforeChange = (operation, path) =>
            {
                if (operation == DiskOperation.Write && path.EndsWith(".commits", StringComparison.Ordinal))
                    _files.Fault = new Fault(_files.Operations, FaultKind.ShortWrite);
            };
            Assert.True(log.Pipeline.CommitNext());
            _files.BeforeChange = (_, _) => { };
            log.Pipeline.RunOnTheCallersThread(CommitMode.Inline);
            log.Append("t", 0, "after");

            Assert.Equal(2, commits.Count(c => c.IsFaulted && c.Exception.InnerException is DiskFullException));
            Assert.True(commits[2].IsCompletedSuccessfully);
            Assert.Equal(["before", "c", "after"], log.ReadAll("t", 0));
        }

        using var again = Scenario.Open(_files);
        Assert.True(again.Recovery.WasClosedCleanly);
        Assert.Equal(["before", "c", "after"], again.ReadAll("t", 0));
    }

    [Fact]
    public void A_log_that_is_killed_on_a_full_disk_says_that_it_needs_room_and_opens_when_there_is_some()
    {
        using var log = Open();
        log.Append("t", 0, "before");
        _files.CapacityInPages = _files.AllocatedPages;

        Assert.Throws<DiskFullException>(() => Scenario.Open(new AfterKill(_files)));
        _files.CapacityInPages = int.MaxValue;

        using var again = Scenario.Open(new AfterKill(_files));
        Assert.Equal(["before"], again.ReadAll("t", 0));
    }

    private FlowLog Open(FlowLogOptions? options = null)
    {
        var log = Scenario.Open(_files, options);
        log.CreateTopic("t", new TopicSettings());
        return log;
    }

    private void FillUp() => _files.CapacityInPages = _files.AllocatedPages;

    private static Task Submit(FlowLog log, string value)
    {
        using var transaction = log.BeginTransaction();
        transaction.Append("t", 0, LogTestExtensions.Batch(value));
        return transaction.CommitAsync().AsTask();
    }
}
