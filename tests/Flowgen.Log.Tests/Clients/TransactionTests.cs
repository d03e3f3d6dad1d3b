using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Clients;

/// <summary>Transactions of producers, with Kafka's words.</summary>
public sealed class TransactionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyFiles _files = new();
    private readonly ManualTime _time = new();
    private FlowLog _log;

    public TransactionTests()
    {
        _log = Open();
        _log.CreateTopic("a", new TopicSettings(Partitions: 2));
        _log.CreateTopic("b", new TopicSettings());
    }

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Records_and_offsets_become_visible_together()
    {
        await using var producer = Initialized();
        producer.BeginTransaction();
        var first = producer.Send("a", 0, "1");
        producer.Send("a", 1, "2");
        producer.Send("b", 0, "3");
        producer.SendOffsetsToTransaction([new TopicPartitionOffset(new TopicPartition("b", 0), 0, "note")], "g");
        Assert.Empty(_log.ReadAll("a", 0));
        Assert.False(first.IsCompleted);

        producer.CommitTransaction();

        Assert.Equal(["1"], _log.ReadAll("a", 0));
        Assert.Equal(["2"], _log.ReadAll("a", 1));
        Assert.Equal(["3"], _log.ReadAll("b", 0));
        Assert.Equal(new CommittedOffset(0, "note"), _log.GetCommitted("g", "b", 0));
        Assert.Equal(0, (await first.Committed).Offset);
    }

    [Fact]
    public async Task An_aborted_transaction_leaves_nothing_and_the_next_one_goes_on()
    {
        await using var producer = Initialized();
        Commit(producer, "1");
        producer.BeginTransaction();
        var lost = producer.Send("a", 0, "lost");
        producer.SendOffsetsToTransaction([new TopicPartitionOffset(new TopicPartition("a", 0), 1)], "g");
        producer.AbortTransaction();
        Commit(producer, "2");

        await Assert.ThrowsAsync<TransactionAbortedException>(() => lost.Committed);
        Assert.Null(_log.GetCommitted("g", "a", 0));
        Assert.Equal(["1", "2"], _log.ReadAll("a", 0));
    }

    [Fact]
    public async Task A_producer_that_could_not_take_the_id_fences_nobody()
    {
        await using var holder = Initialized();
        Commit(holder, "1");
        await using var failing = _log.CreateProducer(new ProducerOptions { TransactionalId = "id" });
        _files.BeforeWrite = path =>
        {
            if (path.EndsWith(".commits", StringComparison.Ordinal))
                throw new IOException("No space left on device.", 28);
        };
        Assert.Throws<DiskFullException>(failing.InitTransactions);
        _files.BeforeWrite = _ => { };

        Commit(holder, "2");
        failing.InitTransactions();

        Assert.Throws<ProducerFencedException>(holder.BeginTransaction);
        Commit(failing, "3");
        Assert.Equal(["1", "2", "3"], _log.ReadAll("a", 0));
    }

    [Fact]
    public async Task A_newer_producer_fences_the_older_one_at_once()
    {
        await using var older = Initialized();
        Commit(older, "1");
        older.BeginTransaction();
        var lost = older.Send("a", 0, "lost");

        await using var newer = Initialized();

        await Assert.ThrowsAsync<ProducerFencedException>(() => lost.Committed);
        Assert.Contains("'id'", Assert.Throws<ProducerFencedException>(() => older.Send("a", 0, "lost")).Message, StringComparison.Ordinal);
        Assert.Throws<ProducerFencedException>(older.CommitTransaction);
        Assert.Throws<ProducerFencedException>(older.AbortTransaction);
        Assert.Throws<ProducerFencedException>(older.BeginTransaction);
        Commit(newer, "2");
        Assert.Equal(["1", "2"], _log.ReadAll("a", 0));
    }

    [Fact]
    public async Task A_holder_of_an_older_epoch_can_commit_nothing_whoever_it_is()
    {
        await using var producer = Initialized();
        var first = await _log.TakeTransactionalIdAsync("other", producer);
        await _log.TakeTransactionalIdAsync("other", producer);
        var request = new CommitRequest { Holder = first };
        request.Entries.WriteGroupOffset("g", 1, 0, new CommittedOffset(0, ""));

        _log.Pipeline.Submit(request);

        await Assert.ThrowsAsync<ProducerFencedException>(() => request.Done);
        Assert.Null(_log.GetCommitted("g", "a", 0));
    }

    [Fact]
    public async Task Epochs_go_on_after_a_restart_so_that_the_older_holder_stays_fenced()
    {
        var producer = Initialized();
        Commit(producer, "1");
        var old = await _log.TakeTransactionalIdAsync("other", producer);
        await producer.DisposeAsync();
        _log.Dispose();
        _log = Open();
        await using var next = Initialized();
        Commit(next, "2");
        await _log.TakeTransactionalIdAsync("other", next);
        var request = new CommitRequest { Holder = old };
        request.Entries.WriteGroupOffset("g", 1, 0, new CommittedOffset(0, ""));
        _log.Pipeline.Submit(request);

        await Assert.ThrowsAsync<ProducerFencedException>(() => request.Done);
        Assert.Equal(producer.ProducerId, next.ProducerId);
        Assert.Equal(["1", "2"], _log.ReadAll("a", 0));
    }

    [Fact]
    public async Task A_transaction_that_needs_too_much_memory_says_what_to_do_and_can_only_be_aborted()
    {
        await using var producer = Initialized(new ProducerOptions { MaxTransactionBytes = 64 << 10 });
        producer.BeginTransaction();
        for (int i = 0; i < 60; i++)
            producer.Send("a", 0, new string('x', 1_000));

        var e = Assert.Throws<TransactionTooLargeException>(() => producer.Send("a", 0, new string('x', 10_000)));
        Assert.Contains("MaxTransactionBytes", e.Message, StringComparison.Ordinal);
        Assert.Throws<TransactionTooLargeException>(producer.CommitTransaction);
        producer.AbortTransaction();
        Commit(producer, "1");
        Assert.Equal(["1"], _log.ReadAll("a", 0));
    }

    [Fact]
    public async Task A_transaction_that_stays_open_for_too_long_is_aborted()
    {
        await using var producer = Initialized(new ProducerOptions { TransactionTimeout = TimeSpan.FromSeconds(10) });
        producer.BeginTransaction();
        var lost = producer.Send("a", 0, "lost");
        _time.Advance(TimeSpan.FromSeconds(11));

        await Assert.ThrowsAsync<TransactionAbortedException>(() => lost.Committed);
        Assert.Contains("TransactionTimeout", Assert.Throws<TransactionAbortedException>(producer.CommitTransaction).Message, StringComparison.Ordinal);
        producer.AbortTransaction();
        Commit(producer, "1");
        Assert.Equal(["1"], _log.ReadAll("a", 0));
    }

    [Fact]
    public async Task Closing_a_producer_aborts_its_transaction()
    {
        var producer = Initialized();
        producer.BeginTransaction();
        var lost = producer.Send("a", 0, "lost");
        await producer.DisposeAsync();

        await Assert.ThrowsAsync<TransactionAbortedException>(() => lost.Committed);
        Assert.Empty(_log.ReadAll("a", 0));
        Assert.Throws<ObjectDisposedException>(producer.BeginTransaction);
    }

    [Fact]
    public async Task A_full_disk_delays_a_commit_and_in_the_end_fails_it_without_a_trace()
    {
        await using var producer = Initialized(new ProducerOptions { DeliveryTimeout = TimeSpan.FromSeconds(1) });
        producer.BeginTransaction();
        producer.Send("a", 0, "late");
        _files.IsFull = true;
        var commit = producer.CommitTransactionAsync();
        _files.IsFull = false;
        await _time.Until(commit);

        _files.IsFull = true;
        producer.BeginTransaction();
        producer.Send("a", 0, "lost");
        await Assert.ThrowsAsync<DeliveryTimeoutException>(() => _time.Until(producer.CommitTransactionAsync()));
        _files.IsFull = false;
        producer.AbortTransaction();
        Commit(producer, "next");
        Assert.Equal(["late", "next"], _log.ReadAll("a", 0));
    }

    [Fact]
    public async Task A_transaction_into_a_deleted_topic_fails_as_a_whole()
    {
        await using var producer = Initialized();
        producer.BeginTransaction();
        producer.Send("a", 0, "1");
        producer.Send("b", 0, "2");
        _log.DeleteTopic("b");

        Assert.Throws<TopicDeletedException>(producer.CommitTransaction);
        producer.AbortTransaction();
        Commit(producer, "3");
        Assert.Equal(["3"], _log.ReadAll("a", 0));
    }

    [Fact]
    public async Task After_an_unknown_outcome_the_committed_offsets_say_what_is_in_the_log()
    {
        var producer = Initialized();
        producer.BeginTransaction();
        producer.Send("a", 0, "1");
        producer.SendOffsetsToTransaction([new TopicPartitionOffset(new TopicPartition("b", 0), 0)], "g");
        _files.SyncFails = true;
        Assert.Throws<LogPoisonedException>(producer.CommitTransaction);
        Assert.Throws<LogPoisonedException>(producer.BeginTransaction);
        _files.SyncFails = false;
        Assert.Contains("InitTransactions", Assert.Throws<InvalidOperationException>(() => Reopened().ResumeProducer(producer)).Message, StringComparison.Ordinal);

        await using var next = Initialized();
        bool isCommitted = _log.GetCommitted("g", "b", 0) is not null;
        Assert.Equal(isCommitted ? ["1"] : [], _log.ReadAll("a", 0));
        await producer.DisposeAsync();
    }

    [Fact]
    public async Task A_producer_that_was_idle_for_days_takes_a_newer_epoch_by_itself()
    {
        await using var producer = Initialized();
        Commit(producer, "1");
        _time.Advance(TimeSpan.FromDays(3));
        for (int i = 0; i < 100; i++)
        {
            await using var other = _log.CreateProducer();
            other.Send("a", 0, "other");
            await other.FlushAsync();
        }

        Commit(producer, "2");
        Assert.Equal("2", _log.ReadAll("a", 0)[^1]);
    }

    [Fact]
    public async Task A_partition_that_is_rarely_written_does_not_end_a_busy_producer()
    {
        await using var producer = Initialized();
        producer.BeginTransaction();
        producer.Send("b", 0, "1");
        producer.CommitTransaction();
        for (int day = 0; day < 6; day++)
        {
            _time.Advance(TimeSpan.FromHours(10));
            Commit(producer, "busy");
        }

        for (int i = 0; i < 100; i++)
        {
            await using var other = _log.CreateProducer();
            other.Send("b", 0, "other");
            await other.FlushAsync();
        }

        producer.BeginTransaction();
        producer.Send("a", 0, "busy");
        producer.Send("b", 0, "2");
        producer.CommitTransaction();
        Commit(producer, "busy");
        Assert.Equal("2", _log.ReadAll("b", 0)[^1]);
        Assert.Equal(8, _log.ReadAll("a", 0).Count);
    }

    [Fact]
    public async Task What_is_sent_without_waiting_is_in_the_transaction_that_is_open()
    {
        await using var producer = Initialized();
        producer.BeginTransaction();
        var sent = producer.SendAsync(new ProducerRecord("a") { Partition = 0, Value = "1"u8.ToArray() });
        Assert.True(sent.IsCompletedSuccessfully);
        producer.CommitTransaction();
        Assert.Equal(0, (await (await sent).Committed).Offset);
    }

    [Fact]
    public async Task Calls_out_of_turn_say_which_one_is_missing()
    {
        await using var plain = _log.CreateProducer();
        Assert.Contains("TransactionalId", Assert.Throws<InvalidOperationException>(plain.BeginTransaction).Message, StringComparison.Ordinal);
        await using var producer = _log.CreateProducer(new ProducerOptions { TransactionalId = "id" });
        Assert.Contains("InitTransactions", Assert.Throws<InvalidOperationException>(producer.BeginTransaction).Message, StringComparison.Ordinal);
        producer.InitTransactions();
        Assert.Contains("BeginTransaction", Assert.Throws<InvalidOperationException>(() => producer.Send("a", 0, "1")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(producer.CommitTransaction);
        Assert.Throws<InvalidOperationException>(producer.AbortTransaction);
        Assert.Throws<InvalidOperationException>(producer.InitTransactions);
        producer.BeginTransaction();
        Assert.Throws<InvalidOperationException>(producer.BeginTransaction);
        producer.CommitTransaction();
        Assert.Throws<InvalidTopicNameException>(() => _log.CreateProducer(new ProducerOptions { TransactionalId = "a/b" }));
    }

    private FlowLog Open() => FlowLog.Open(_directory.Path, new FlowLogOptions { TimeProvider = _time }, _files, CommitMode.Threads);

    private FlowLog Reopened()
    {
        _log.Dispose();
        return _log = Open();
    }

    private Producer Initialized(ProducerOptions? options = null)
    {
        var producer = _log.CreateProducer((options ?? new ProducerOptions()) with { TransactionalId = "id" });
        producer.InitTransactions();
        return producer;
    }

    private static void Commit(Producer producer, string value)
    {
        producer.BeginTransaction();
        producer.Send("a", 0, value);
        producer.CommitTransaction();
    }
}
