using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Clients;

public sealed class ConsumerTests : IDisposable
{
    private static readonly ConsumerOptions FromTheBeginning = new() { AutoOffsetReset = AutoOffsetReset.Earliest };
    private readonly TemporaryDirectory _directory = new();
    private readonly FlowLog _log;

    public ConsumerTests()
    {
        _log = FlowLog.Open(_directory.Path);
        _log.CreateTopic("t", new TopicSettings(Partitions: 2));
        _log.Append("t", 0, "a0", "a1", "a2");
        _log.Append("t", 1, "b0", "b1");
    }

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void An_assigned_consumer_reads_its_partitions_from_the_beginning()
    {
        using var consumer = _log.CreateConsumer(FromTheBeginning);
        consumer.Assign(new TopicPartition("t", 0), new TopicPartition("t", 1));
        Assert.Equal(["a0", "a1", "a2", "b0", "b1"], Drain(consumer));
    }

    [Fact]
    public void A_group_goes_on_where_it_has_committed()
    {
        using (var consumer = _log.CreateConsumer(InGroup("g")))
        {
            consumer.Subscribe("t");
            Assert.True(consumer.TryConsume(out _));
            Assert.True(consumer.TryConsume(out _));
            consumer.Commit();
            Assert.True(consumer.TryConsume(out _)); // taken, but not committed
        }

        using var next = _log.CreateConsumer(InGroup("g"));
        next.Subscribe("t");
        Assert.Equal(["a2", "b0", "b1"], Drain(next));
        Assert.Equal(2, _log.GetCommitted("g", "t", 0)?.Offset);
    }

    [Fact]
    public void Two_consumers_of_a_group_share_the_partitions_and_the_last_one_gets_them_back()
    {
        using var first = _log.CreateConsumer(InGroup("g"));
        first.Subscribe("t");
        Assert.Equal(2, first.Assignment.Count);
        using (var second = _log.CreateConsumer(InGroup("g")))
        {
            second.Subscribe("t");
            Assert.Empty(second.Assignment); // the first has still to give one back, at its poll
            Assert.Equal(["a0", "a1", "a2"], Drain(first));
            first.Commit();
            Assert.Equal([new TopicPartition("t", 0)], first.Assignment);
            Assert.Equal(["b0", "b1"], Drain(second));
            Assert.Equal([new TopicPartition("t", 1)], second.Assignment);
            second.Commit();
        }

        _log.Append("t", 1, "b2");
        Assert.Equal(["b2"], Drain(first));
        Assert.Equal(2, first.Assignment.Count);
    }

    [Fact]
    public void Groups_do_not_disturb_each_other()
    {
        using var one = _log.CreateConsumer(InGroup("one"));
        using var two = _log.CreateConsumer(InGroup("two"));
        one.Subscribe("t");
        two.Subscribe("t");
        Assert.Equal(5, Drain(one).Count);
        Assert.Equal(5, Drain(two).Count);
    }

    [Fact]
    public void Seeking_goes_to_an_offset_the_beginning_the_end_and_a_time()
    {
        var partition = new TopicPartition("t", 0);
        using var consumer = _log.CreateConsumer(FromTheBeginning);
        consumer.Assign(partition);

        consumer.Seek(partition, 1);
        Assert.Equal(["a1", "a2"], Drain(consumer));
        consumer.SeekToBeginning();
        Assert.Equal(["a0", "a1", "a2"], Drain(consumer));
        consumer.SeekToEnd();
        Assert.Empty(Drain(consumer));
        consumer.SeekToTime(DateTimeOffset.FromUnixTimeMilliseconds(1_001));
        Assert.Empty(Drain(consumer));
        consumer.SeekToTime(DateTimeOffset.FromUnixTimeMilliseconds(1_000));
        Assert.Equal(3, Drain(consumer).Count);
        Assert.Throws<OffsetOutOfRangeException>(() => consumer.Seek(partition, 4));
    }

    [Fact]
    public async Task A_time_is_found_inside_a_batch()
    {
        var batch = new BatchBuilder();
        foreach (long time in (long[])[2_000, 3_000, 2_500, 4_000])
            batch.Add(time, default, true, [1], false);
        using (var transaction = _log.BeginTransaction())
        {
            transaction.Append("t", 0, batch);
            await transaction.CommitAsync();
        }

        Assert.Equal(0, _log.FindOffset("t", 0, 0));
        Assert.Equal(4, _log.FindOffset("t", 0, 2_001));
        Assert.Equal(6, _log.FindOffset("t", 0, 3_500));
        Assert.Equal(7, _log.FindOffset("t", 0, 4_001));
    }

    [Fact]
    public async Task A_consumer_at_the_end_waits_for_records()
    {
        using var consumer = _log.CreateConsumer(new ConsumerOptions { AutoOffsetReset = AutoOffsetReset.Latest });
        consumer.Assign(new TopicPartition("t", 0));
        var next = consumer.ConsumeAsync().AsTask();
        Assert.False(next.IsCompleted);

        _log.Append("t", 0, "new");

        Assert.Equal("new", (await next).ValueText);
    }

    [Fact]
    public void Waiting_with_a_timeout_ends_without_a_record()
    {
        using var consumer = _log.CreateConsumer(new ConsumerOptions { AutoOffsetReset = AutoOffsetReset.Latest });
        consumer.Assign(new TopicPartition("t", 0));
        Assert.Null(consumer.Consume(TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task All_records_come_as_an_asynchronous_sequence()
    {
        using var consumer = _log.CreateConsumer(FromTheBeginning);
        consumer.Assign(new TopicPartition("t", 1));
        using var end = new CancellationTokenSource();
        var values = new List<string?>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var record in consumer.ReadAllAsync(end.Token))
            {
                values.Add(record.ValueText);
                if (values.Count == 2)
                    await end.CancelAsync();
            }
        });
        Assert.Equal(["b0", "b1"], values);
    }

    [Fact]
    public void Batches_can_be_taken_whole()
    {
        using var consumer = _log.CreateConsumer(FromTheBeginning);
        consumer.Assign(new TopicPartition("t", 0));
        Assert.True(consumer.TryConsume(out _));
        Assert.True(consumer.TryConsumeBatch(out var batch));
        Assert.Equal((1, 3), (batch.FirstIndex, batch.Count));
        Assert.False(consumer.TryConsumeBatch(out _));
    }

    [Fact]
    public void Without_a_group_nothing_can_be_subscribed_or_committed()
    {
        using var consumer = _log.CreateConsumer(FromTheBeginning);
        Assert.Throws<InvalidOperationException>(() => consumer.Subscribe("t"));
        Assert.Throws<InvalidOperationException>(consumer.Commit);
        Assert.Throws<UnknownTopicException>(() => consumer.Assign(new TopicPartition("t", 2)));
    }

    private static ConsumerOptions InGroup(string group) => FromTheBeginning with { Group = group };

    private static List<string?> Drain(Consumer consumer)
    {
        var values = new List<string?>();
        while (consumer.TryConsume(out var record))
            values.Add(record.ValueText);
        return values;
    }
}
