using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Groups;

public sealed class GroupTests : IDisposable
{
    private static readonly TopicPartition First = new("t", 0);
    private static readonly TopicPartition Second = new("t", 1);
    private readonly ManualTime _time = new();
    private readonly SimulatedFileSystem _disk = new();
    private readonly List<string> _calls = [];
    private readonly FlowLog _log;

    public GroupTests()
    {
        _log = FlowLog.Open("/log", new FlowLogOptions { TimeProvider = _time }, _disk, CommitMode.Inline);
        _log.CreateTopic("t", new TopicSettings(Partitions: 2));
        _log.Append("t", 0, "a0", "a1", "a2");
        _log.Append("t", 1, "b0", "b1");
    }

    public void Dispose() => _log.Dispose();

    [Fact]
    public void A_partition_goes_to_its_new_owner_when_the_old_one_has_released_it()
    {
        using var one = Member("one");
        using var two = Member("two");
        Assert.Equal(["one assigned t-0 t-1"], _calls);
        Assert.Empty(two.Assignment);
        Assert.False(two.TryConsume(out _));

        Assert.Equal("a0", Take(one));
        Assert.Equal("b0", Take(two));

        Assert.Equal(["one assigned t-0 t-1", "one revoked t-1", "two assigned t-1"], _calls);
    }

    [Fact]
    public void What_is_committed_when_partitions_are_revoked_does_not_come_again()
    {
        using var one = Member("one", new ConsumerOptions { PartitionsRevoked = (consumer, _) => consumer.Commit() });
        Assert.Equal(["a0", "a1", "a2", "b0", "b1"], Drain(one));
        using var two = Member("two");
        Assert.Empty(Drain(one));
        Assert.Empty(Drain(two));
        Assert.Equal(2, _log.GetCommitted("g", "t", 1)?.Offset);
    }

    [Fact]
    public async Task No_member_gets_a_partition_before_the_commit_of_its_former_owner_has_ended()
    {
        using var log = FlowLog.Open("/manual", new FlowLogOptions { TimeProvider = _time }, _disk, CommitMode.Inline);
        log.CreateTopic("t", new TopicSettings(Partitions: 2));
        log.Append("t", 1, "b0", "b1");
        log.Pipeline.RunOnTheCallersThread(CommitMode.Manual);
        using var one = Member("one", on: log);
        Assert.Equal(["b0", "b1"], Drain(one));
        var committing = one.CommitAsync();
        using var two = Member("two", on: log);
        Assert.Empty(Drain(one)); // releases, although the commit is still on its way
        Assert.Empty(Drain(two));
        Assert.Empty(two.Assignment);

        while (log.Pipeline.WriteNext() || log.Pipeline.CommitNext())
            continue;
        await committing;

        log.Pipeline.RunOnTheCallersThread(CommitMode.Inline);
        log.Append("t", 1, "b2");
        Assert.Equal("b2", (await two.ConsumeAsync()).ValueText); // not what was read before that commit
        Assert.Equal([Second], two.Assignment);
    }

    [Fact]
    public void A_member_that_does_not_poll_loses_its_partitions_and_cannot_commit_for_them()
    {
        using var silent = Member("silent");
        Assert.Equal("a0", Take(silent));
        using var other = Member("other");
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.False(other.TryConsume(out _));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["a0", "a1", "a2", "b0", "b1"], Drain(other));
        var refused = Assert.Throws<CommitFailedException>(silent.Commit);
        Assert.Contains("'silent-1' cannot commit for t-0", refused.Message, StringComparison.Ordinal);
        other.Commit();
        Assert.Equal(3, _log.GetCommitted("g", "t", 0)?.Offset);

        Assert.False(silent.TryConsume(out _)); // joins again
        Assert.Equal("silent lost t-0 t-1", _calls[^1]);
        Assert.Empty(Drain(other));
        Assert.Empty(Drain(silent));
        Assert.Single(silent.Assignment);
    }

    [Fact]
    public void Taking_records_out_of_a_batch_is_a_sign_of_life()
    {
        using var one = Member("one");
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal($"a{i}", Take(one));
            _time.Advance(TimeSpan.FromMinutes(4));
        }

        one.Commit();
    }

    [Fact]
    public async Task A_member_that_waits_for_records_keeps_its_partitions_however_long_it_takes()
    {
        using var one = Member("one");
        Drain(one);
        var waiting = one.ConsumeAsync().AsTask();
        _time.Advance(TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromHours(1));
        _log.Append("t", 0, "a3");
        Assert.Equal("a3", (await waiting).ValueText);
        one.Commit();
    }

    [Fact]
    public async Task A_waiting_member_takes_over_what_another_one_leaves()
    {
        var one = Member("one");
        using var two = Member("two");
        var waiting = two.ConsumeAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        one.Dispose();
        Assert.Equal("a0", (await waiting).ValueText);
    }

    [Fact]
    public async Task A_waiting_consumer_reads_nothing()
    {
        _log.CreateTopic("other", new TopicSettings());
        using var one = Member("one");
        Drain(one);
        int reads = _disk.Reads;
        using var end = new CancellationTokenSource();
        var waiting = one.ConsumeAsync(end.Token).AsTask();
        _time.Advance(TimeSpan.FromHours(1));
        _log.Append("other", 0, "not for it"); // wakes it, and it looks at what is committed, in memory

        Assert.False(waiting.IsCompleted);
        Assert.Equal(reads, _disk.Reads);
        await end.CancelAsync();
        var ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(end.Token, ended.CancellationToken);
        Assert.Equal(reads, _disk.Reads);
    }

    [Fact]
    public async Task Closing_a_consumer_from_another_thread_ends_its_wait()
    {
        var one = Member("one");
        Drain(one);
        var waiting = one.ConsumeAsync().AsTask();
        await Task.Run(one.Dispose);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Throws<ObjectDisposedException>(() => one.TryConsume(out _));
        Assert.Empty(_log.ListGroups());
        one.Dispose();
    }

    [Fact]
    public void A_consumer_can_be_closed_by_its_own_callback()
    {
        var one = Member("one", new ConsumerOptions { PartitionsAssigned = (consumer, _) => consumer.Dispose() }, subscribe: false);
        one.Subscribe("t");
        Assert.Throws<ObjectDisposedException>(() => one.TryConsume(out _));
        Assert.Empty(_log.ListGroups());
    }

    [Fact]
    public void Records_cannot_be_taken_inside_a_callback()
    {
        using var one = Member("one", new ConsumerOptions { PartitionsAssigned = (consumer, partitions) => consumer.TryConsume(out var record) }, subscribe: false);
        Assert.Throws<InvalidOperationException>(() => one.Subscribe("t"));
    }

    [Fact]
    public void A_callback_that_fails_fails_the_poll_and_nothing_else()
    {
        using var one = Member("one", new ConsumerOptions { PartitionsRevoked = (_, _) => throw new TimeoutException("the database does not answer") });
        using var two = Member("two");
        Assert.Throws<TimeoutException>(() => one.TryConsume(out _));
        Assert.Equal(["b0", "b1"], Drain(two));
        Assert.Equal(["a0", "a1", "a2"], Drain(one));
        Assert.Throws<TimeoutException>(one.Dispose);
        Assert.Single(_log.DescribeGroup("g").Members);
    }

    [Fact]
    public void Partitions_that_a_topic_gains_are_shared()
    {
        using var one = Member("one");
        using var two = Member("two");
        Drain(one);
        Drain(two);
        _log.AlterTopic("t", _log.DescribeTopic("t").Settings with { Partitions = 4 });
        Drain(one);
        Drain(two);
        Assert.Equal(2, one.Assignment.Count);
        Assert.Equal(2, two.Assignment.Count);
        Assert.DoesNotContain(_calls.Skip(3), c => c.Contains("revoked", StringComparison.Ordinal));
    }

    [Fact]
    public void Partitions_of_a_deleted_topic_are_lost_and_those_of_its_namesake_are_others()
    {
        using var one = Member("one");
        Assert.Equal("a0", Take(one));
        one.Commit();
        _log.DeleteTopic("t");
        Assert.Empty(Drain(one)); // not even what it had in hand
        Assert.Empty(one.Assignment);
        Assert.Equal("one lost t-0 t-1", _calls[^1]);
        one.Commit();

        _log.CreateTopic("t", new TopicSettings());
        _log.Append("t", 0, "new");
        Assert.Equal(["new"], Drain(one));
    }

    [Fact]
    public void A_topic_that_is_deleted_and_created_between_two_polls_is_another_one()
    {
        using var one = Member("one");
        Drain(one);
        _log.DeleteTopic("t");
        _log.CreateTopic("t", new TopicSettings(Partitions: 2));
        _log.Append("t", 1, "new");
        Assert.Equal(["new"], Drain(one));
        Assert.Equal(["one assigned t-0 t-1", "one lost t-0 t-1", "one assigned t-0 t-1"], _calls);
    }

    [Fact]
    public void Offsets_of_a_deleted_topic_are_not_committed_for_its_namesake()
    {
        using var member = Member("member");
        Drain(member);
        using var reader = _log.CreateConsumer(new ConsumerOptions { Group = "readers", AutoOffsetReset = AutoOffsetReset.Earliest });
        reader.Assign(First);
        Drain(reader);
        _log.DeleteTopic("t");
        _log.CreateTopic("t", new TopicSettings(Partitions: 2));
        _log.Append("t", 0, "new 0", "new 1", "new 2", "new 3");

        Assert.Contains("another one", Assert.Throws<CommitFailedException>(member.Commit).Message, StringComparison.Ordinal);
        Assert.Throws<CommitFailedException>(() => member.Commit(new TopicPartitionOffset(First, 1)));
        Assert.Throws<CommitFailedException>(reader.Commit);
        Assert.Null(_log.GetCommitted("g", "t", 0));
        Assert.Null(_log.GetCommitted("readers", "t", 0));
        Assert.Equal(["new 0", "new 1", "new 2", "new 3"], Drain(member));
        member.Commit();
    }

    [Fact]
    public void A_transaction_does_not_commit_offsets_of_a_deleted_topic_for_its_namesake()
    {
        using var producer = _log.CreateProducer(new ProducerOptions { TransactionalId = "copy" });
        producer.InitTransactions();
        using var member = Member("member");
        Drain(member);
        producer.BeginTransaction();
        producer.SendOffsetsToTransaction([new TopicPartitionOffset(First, 3)], "others");
        CreateAgain();
        Assert.Throws<TopicDeletedException>(producer.CommitTransaction);
        producer.AbortTransaction();

        producer.BeginTransaction();
        producer.SendOffsetsToTransaction([new TopicPartitionOffset(First, 3)], member);
        Assert.Throws<CommitFailedException>(producer.CommitTransaction);
        producer.AbortTransaction();
        Assert.Null(_log.GetCommitted("others", "t", 0));
        Assert.Null(_log.GetCommitted("g", "t", 0));

        void CreateAgain()
        {
            _log.DeleteTopic("t");
            _log.CreateTopic("t", new TopicSettings(Partitions: 2));
        }
    }

    [Fact]
    public void A_subscription_that_is_refused_changes_nothing()
    {
        using var one = Member("one");
        Assert.Throws<UnknownTopicException>(() => one.Subscribe("missing"));
        Assert.Equal("a0", Take(one));
        _time.Advance(TimeSpan.FromMinutes(6)); // the group goes on without it
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("a0", Take(one)); // it has joined again
        Assert.Equal([First, Second], one.Assignment);
    }

    [Fact]
    public void A_partition_whose_topic_is_deleted_while_it_is_assigned_is_unknown()
    {
        _log.CreateTopic("u", new TopicSettings());
        using var one = Member("one", new ConsumerOptions { PartitionsRevoked = (_, _) => _log.DeleteTopic("u") });
        one.Assign(new TopicPartition("u", 0));
        Assert.Contains("'u' was deleted", Assert.Throws<UnknownTopicException>(() => one.TryConsume(out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_joins_while_offsets_are_reset_gets_nothing_before_that_is_committed()
    {
        var reset = new TaskCompletionSource();
        _ = _log.Groups.WhileEmpty("g", "reset", () => reset.Task);
        using var one = Member("one");
        Assert.Empty(one.Assignment);
        Assert.False(one.TryConsume(out _));
        var waiting = one.ConsumeAsync().AsTask();
        _log.CommitOffset("g", "t", 0, 2, "");

        reset.SetResult();

        Assert.Equal("a2", (await waiting).ValueText);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_app_starts_when_the_commits_of_its_group_have_ended(bool succeeds)
    {
        var reset = new TaskCompletionSource();
        _ = _log.Groups.WhileEmpty("app", "reset", () => reset.Task);
        bool hasEnded = false;
        var entering = Task.Run(() =>
        {
            _log.Groups.Enter("app", "app", []);
            Assert.True(Volatile.Read(ref hasEnded));
        });

        Volatile.Write(ref hasEnded, true);
        if (succeeds)
            reset.SetResult();
        else
            reset.SetException(new TimeoutException());
        await entering;
        _log.Groups.Exit("app");
    }

    [Fact]
    public void Two_threads_cannot_use_one_consumer()
    {
        Exception? refused = null;
        using var one = Member("one", new ConsumerOptions
        {
            PartitionsAssigned = (consumer, _) =>
            {
                var other = new Thread(() => refused = Record.Exception(() => consumer.TryConsume(out var record)));
                other.Start();
                other.Join();
            },
        });
        Assert.Contains("Two threads use the consumer", Assert.IsType<InvalidOperationException>(refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_consumer_that_is_no_member_cannot_commit_for_a_group_with_members()
    {
        using var outsider = _log.CreateConsumer(new ConsumerOptions { Group = "g", AutoOffsetReset = AutoOffsetReset.Earliest });
        outsider.Assign(First);
        Assert.Equal(["a0", "a1", "a2"], Drain(outsider));
        using (Member("one"))
            Assert.Throws<GroupNotEmptyException>(outsider.Commit);
        outsider.Commit();
        Assert.Equal(3, _log.GetCommitted("g", "t", 0)?.Offset);
    }

    [Fact]
    public void A_transaction_with_the_offsets_of_a_member_that_has_lost_its_partitions_leaves_nothing()
    {
        _log.CreateTopic("out", new TopicSettings());
        using var producer = _log.CreateProducer(new ProducerOptions { TransactionalId = "copy", TransactionTimeout = TimeSpan.FromMinutes(30) });
        producer.InitTransactions();
        using var silent = Member("silent");
        Assert.Equal("a0", Take(silent));
        SendCopy("a0", 1);
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Throws<CommitFailedException>(producer.CommitTransaction);
        producer.AbortTransaction();
        Assert.Null(_log.GetCommitted("g", "t", 0));
        Assert.Equal(0, _log.DescribePartition("out", 0).NextOffset);

        Assert.Equal("a0", Take(silent)); // has joined again
        SendCopy("a0", 1);
        producer.CommitTransaction();
        Assert.Equal(1, _log.GetCommitted("g", "t", 0)?.Offset);
        Assert.Equal(["a0"], _log.ReadAll("out", 0));

        void SendCopy(string value, long next)
        {
            producer.BeginTransaction();
            producer.Send("out", System.Text.Encoding.UTF8.GetBytes(value));
            producer.SendOffsetsToTransaction([new TopicPartitionOffset(First, next)], silent);
        }
    }

    [Fact]
    public void Chosen_offsets_are_committed_with_their_metadata()
    {
        _log.CreateTopic("other", new TopicSettings());
        using var one = Member("one");
        one.Commit(new TopicPartitionOffset(First, 2, "seen at noon"));
        Assert.Equal(new CommittedOffset(2, "seen at noon"), one.Committed(First));
        Assert.Null(one.Committed(Second));
        Assert.Throws<ArgumentException>(() => one.Commit(new TopicPartitionOffset(First, 2, new string('x', CommittedOffset.MaxMetadataBytes + 1))));
        Assert.Throws<CommitFailedException>(() => one.Commit(new TopicPartitionOffset(new TopicPartition("other", 0), 2)));
    }

    private Consumer Member(string name, ConsumerOptions? options = null, bool subscribe = true, FlowLog? on = null)
    {
        options ??= new ConsumerOptions();
        var consumer = (on ?? _log).CreateConsumer(options with
        {
            Group = "g",
            ClientId = name,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            PartitionsAssigned = options.PartitionsAssigned ?? ((_, partitions) => Note("assigned", partitions)),
            PartitionsRevoked = options.PartitionsRevoked ?? ((_, partitions) => Note("revoked", partitions)),
            PartitionsLost = options.PartitionsLost ?? ((_, partitions) => Note("lost", partitions)),
        });
        if (subscribe)
            consumer.Subscribe("t");
        return consumer;

        void Note(string what, IReadOnlyList<TopicPartition> partitions) => _calls.Add($"{name} {what} {string.Join(' ', partitions)}");
    }

    private static string? Take(Consumer consumer) => consumer.TryConsume(out var record) ? record.ValueText : null;

    private static List<string?> Drain(Consumer consumer)
    {
        var values = new List<string?>();
        while (Take(consumer) is { } value)
            values.Add(value);
        return values;
    }
}
