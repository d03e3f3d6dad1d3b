using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Simulation;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Commits;

public class CommitPipelineTests
{
    private readonly SimulatedFileSystem _files = new();

    [Fact]
    public void Transactions_that_wait_together_share_one_commit_and_become_visible_together()
    {
        using var log = OpenManually();
        int operations = _files.Operations;
        Task[] commits = [.. Enumerable.Range(0, 5).Select(i => Submit(log, $"a{i}"))];
        while (log.Pipeline.WriteNext())
            Assert.Empty(log.ReadAll("t", 0));
        long version = log.CommitVersion;

        Assert.True(log.Pipeline.CommitNext());

        Assert.Equal(version + 1, log.CommitVersion);
        Assert.All(commits, c => Assert.True(c.IsCompletedSuccessfully));
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"a{i}"), log.ReadAll("t", 0));
        // 5 + 5 writes of batches, 2 new segments (create, header, directory), 1 commit record, which holds the batches, too, and its sync, 1 mark of what is durable.
        Assert.Equal(10 + 6 + 2 + 1, _files.Operations - operations);
    }

    [Fact]
    public void A_failed_write_is_undone_and_the_next_commit_takes_its_place()
    {
        using var log = OpenManually();
        Complete(log, Submit(log, "before"));
        _files.FailAt = _files.Operations + 1; // the second partition of the transaction
        var failed = Submit(log, "failed");
        log.Pipeline.WriteNext();

        var e = Assert.IsType<LogWriteException>(Assert.Single(failed.Exception!.InnerExceptions));
        Assert.Contains("Nothing of the commit is left", e.Message, StringComparison.Ordinal);
        Complete(log, Submit(log, "after"));

        Assert.Equal(["before", "after"], log.ReadAll("t", 0));
        Assert.Equal(["before", "after"], log.ReadAll("t", 1));
    }

    [Fact]
    public void A_failed_write_leaves_no_segment_behind_that_would_keep_the_log_from_opening()
    {
        using (var log = OpenManually())
        {
            _files.FailAt = _files.Operations + 3; // the first batch, behind the creation, the header and the name of its segment
            var failed = Submit(log, "failed");
            log.Pipeline.WriteNext();
            Assert.IsType<LogWriteException>(Assert.Single(failed.Exception!.InnerExceptions));
        }

        using var again = Scenario.Open(_files);
        Assert.Empty(again.ReadAll("t", 0));
    }

    [Fact]
    public void What_a_failed_write_has_left_does_not_come_back_with_a_loss_of_power()
    {
        using var log = OpenManually(Scenario.Options with { JournalBelowBytes = 0 });
        Complete(log, Submit(log, "before"));
        _files.FailAt = _files.Operations + 1; // the second partition of the transaction: the batch of the first is written
        _ = Submit(log, "failed");
        log.Pipeline.WriteNext();
        Complete(log, Submit(log, new string('x', 1000))); // needs another segment

        using var again = Scenario.Open(_files.Restart(Loss.Suffix, seed: 1));

        Assert.Equal(["before", new string('x', 1000)], again.ReadAll("t", 0));
    }

    [Fact]
    public void After_a_failed_sync_nothing_is_acknowledged_and_reading_goes_on()
    {
        using (var log = OpenManually(Scenario.Options with { JournalBelowBytes = 0 }))
        {
            Complete(log, Submit(log, "before"));
            var failing = Submit(log, "failing");
            log.Pipeline.WriteNext();
            var waiting = Submit(log, "waiting");
            _files.FailAt = _files.Operations; // the sync of the data
            log.Pipeline.CommitNext();

            foreach (var task in (Task[])[failing, waiting])
            {
                var e = Assert.IsType<LogPoisonedException>(Assert.Single(task.Exception!.InnerExceptions));
                Assert.Contains("Check the disk, close the log and open it again", e.Message, StringComparison.Ordinal);
            }

            Assert.IsType<LogPoisonedException>(Assert.Single(Submit(log, "later").Exception!.InnerExceptions));
            Assert.Throws<LogPoisonedException>(() => log.CreateTopic("u", new TopicSettings()));
            Assert.Equal(["before"], log.ReadAll("t", 0));
        }

        using var again = Scenario.Open(_files);
        Assert.False(again.Recovery.WasClosedCleanly);
        again.Append("t", 0, "again");
        Assert.Equal(["before", "again"], again.ReadAll("t", 0));
    }

    [Fact]
    public void A_reader_whose_records_are_deleted_is_told_so()
    {
        using var log = OpenManually();
        log.Pipeline.RunOnTheCallersThread(CommitMode.Inline);
        for (int i = 0; i < 20; i++)
            log.Append("t", 0, new string('x', 800));
        using var reader = log.OpenReader("t", 0, 0);
        Assert.True(reader.TryRead(out _));

        log.DeleteRecordsBefore("t", 0, 10);

        var e = Assert.Throws<OffsetOutOfRangeException>(() => reader.TryRead(out _));
        Assert.Contains("it holds 10 to 20", e.Message, StringComparison.Ordinal);
        reader.Seek(10);
        Assert.True(reader.TryRead(out var batch));
        Assert.Equal(10, batch.BaseOffset);
    }

    [Fact]
    public void A_closed_log_takes_nothing_more()
    {
        var log = OpenManually();
        using var transaction = log.BeginTransaction();
        transaction.SetOffset("g", "t", 0, 1);
        log.Dispose();

        Assert.Throws<ObjectDisposedException>(() => { _ = transaction.CommitAsync().AsTask(); });
        Assert.Throws<ObjectDisposedException>(log.BeginTransaction);
        log.Dispose();
    }

    [Fact]
    public async Task An_empty_transaction_commits_nothing_and_a_committed_one_takes_nothing_more()
    {
        using var log = OpenManually();
        int operations = _files.Operations;
        using var transaction = log.BeginTransaction();
        transaction.Append("t", 0, new BatchBuilder());

        await transaction.CommitAsync();

        Assert.Equal(operations, _files.Operations);
        Assert.Throws<InvalidOperationException>(() => transaction.SetOffset("g", "t", 0, 1));
    }

    [Fact]
    public async Task Many_threads_commit_and_readers_see_whole_transactions_only()
    {
        using var directory = new TemporaryDirectory();
        using var log = FlowLog.Open(directory.Path, new FlowLogOptions { SegmentBytes = 64 << 10 });
        log.CreateTopic("t", new TopicSettings(Partitions: 2));
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(() => ReadPairs(log, stop.Token));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(t => Task.Run(async () =>
        {
            for (int i = 0; i < 250; i++)
                await Submit(log, $"{t}:{i}");
        })));
        await stop.CancelAsync();
        await reader;

        var values = log.ReadAll("t", 0);
        Assert.Equal(values, log.ReadAll("t", 1));
        for (int t = 0; t < 4; t++)
            Assert.Equal(Enumerable.Range(0, 250).Select(i => $"{t}:{i}"), values.Where(v => v.StartsWith($"{t}:", StringComparison.Ordinal)));
    }

    // Each transaction appends one record to both partitions: who has seen it in the first one sees it in the second.
    private static void ReadPairs(FlowLog log, CancellationToken stop)
    {
        using var first = log.OpenReader("t", 0, 0);
        using var second = log.OpenReader("t", 1, 0);
        while (!stop.IsCancellationRequested)
        {
            while (first.TryRead(out _))
                continue;
            while (second.Position < first.Position)
                Assert.True(second.TryRead(out _));
        }
    }

    private FlowLog OpenManually(FlowLogOptions? options = null)
    {
        var log = Scenario.Open(_files, options);
        log.CreateTopic("t", new TopicSettings(Partitions: 2));
        log.Pipeline.RunOnTheCallersThread(CommitMode.Manual);
        return log;
    }

    private static Task Submit(FlowLog log, string value)
    {
        using var transaction = log.BeginTransaction();
        transaction.Append("t", 0, LogTestExtensions.Batch(value));
        transaction.Append("t", 1, LogTestExtensions.Batch(value));
        return transaction.CommitAsync().AsTask();
    }

    private static void Complete(FlowLog log, Task commit)
    {
        Assert.True(log.Pipeline.WriteNext());
        Assert.True(log.Pipeline.CommitNext());
        Assert.True(commit.IsCompletedSuccessfully);
    }
}
