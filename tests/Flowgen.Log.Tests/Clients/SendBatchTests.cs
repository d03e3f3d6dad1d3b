using System.Buffers.Binary;
using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Clients;

/// <summary>Batches that a producer is given as they are.</summary>
public sealed class SendBatchTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyFiles _files = new();
    private readonly ManualTime _time = new();
    private readonly FlowLog _log;

    public SendBatchTests()
    {
        _log = FlowLog.Open(_directory.Path, new FlowLogOptions { TimeProvider = _time, MaxRecordBytes = 200 << 10, MaxBatchBytes = 256 << 10 }, _files, CommitMode.Threads);
        _log.CreateTopic("t", new TopicSettings(Partitions: 2));
    }

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Its_records_come_between_those_that_were_sent_before_and_after_it()
    {
        var producer = _log.CreateProducer();
        var before = producer.Send("t", 1, "before");
        var batch = LogTestExtensions.Batch("a", "b");
        var first = producer.Send("t", 1, batch);
        batch.Clear(); // its bytes are copied
        batch.Add(timestamp: 2_000, default, keyIsNull: true, "c"u8, valueIsNull: false);
        var second = producer.Send("t", 1, batch);
        var after = producer.Send("t", 1, "after");
        await _time.Until(producer.FlushAsync());

        Assert.Equal(["before", "a", "b", "c", "after"], _log.ReadAll("t", 1));
        Assert.Equal(0, (await before.Committed).Offset);
        Assert.Equal(new RecordPosition("t", 1, 1, 1_000), await first.Committed);
        Assert.Equal(new RecordPosition("t", 1, 3, 2_000), await second.Committed);
        Assert.Equal(4, (await after.Committed).Offset);
        await producer.DisposeAsync();
    }

    [Fact]
    public async Task It_is_committed_when_the_linger_is_over_though_nothing_else_is_sent()
    {
        var producer = _log.CreateProducer(new ProducerOptions { Linger = TimeSpan.FromMilliseconds(5) });
        var sent = producer.Send("t", 0, LogTestExtensions.Batch("a"));
        Assert.False(sent.IsCompleted);

        await _time.Tick(TimeSpan.FromMilliseconds(5));

        Assert.Equal(0, (await sent.Committed).Offset); // with a clock that stands still
        await producer.DisposeAsync();
    }

    [Fact]
    public async Task Values_of_a_fixed_layout_tell_the_time_that_they_hold()
    {
        var producer = _log.CreateProducer();
        var batch = new BatchBuilder();
        batch.StartFixed(schemaId: 0, new RecordLayout(16, TimeOffset: 8, LogTimeUnit.Milliseconds));
        var values = batch.AddFixed(2);
        BinaryPrimitives.WriteInt64LittleEndian(values[8..], 5_000);
        BinaryPrimitives.WriteInt64LittleEndian(values[24..], 4_000);

        var sent = producer.Send("t", 0, batch);
        await _time.Until(producer.FlushAsync());

        Assert.Equal(new RecordPosition("t", 0, 0, 5_000), await sent.Committed);
        using var reader = _log.OpenReader("t", 0, 0);
        Assert.True(reader.TryRead(out var stored));
        Assert.Equal((2, 4_000, 5_000), (stored.Count, stored.MinTimestamp, stored.MaxTimestamp));
        await producer.DisposeAsync();
    }

    [Fact]
    public async Task What_the_topic_does_not_take_is_refused_as_a_whole()
    {
        _log.CreateTopic("compacted", new TopicSettings { Cleanup = TopicCleanup.Compact });
        _log.CreateTopic("small", new TopicSettings { MaxRecordBytes = 3 });
        var producer = _log.CreateProducer();

        Assert.Throws<ArgumentException>(() => producer.Send("t", 0, new BatchBuilder()));
        Assert.Contains("'nowhere'", Assert.Throws<UnknownTopicException>(() => producer.Send("nowhere", 0, LogTestExtensions.Batch("a"))).Message, StringComparison.Ordinal);
        Assert.Contains("no partition 2", Assert.Throws<UnknownTopicException>(() => producer.Send("t", 2, LogTestExtensions.Batch("a"))).Message, StringComparison.Ordinal);
        Assert.Contains("no record without key", Assert.Throws<InvalidRecordException>(() => producer.Send("compacted", 0, LogTestExtensions.Batch("a"))).Message, StringComparison.Ordinal);
        Assert.Contains("A record of 4 bytes", Assert.Throws<RecordTooLargeException>(() => producer.Send("small", 0, LogTestExtensions.Batch("fits", "a"))).Message, StringComparison.Ordinal);
        Assert.Contains("A batch of", Assert.Throws<RecordTooLargeException>(() => producer.Send("t", 0, LogTestExtensions.Batch(new string('x', 150 << 10), new string('y', 150 << 10)))).Message, StringComparison.Ordinal);
        producer.Send("t", 0, LogTestExtensions.Batch("a"));
        await _time.Until(producer.FlushAsync());

        Assert.Equal(["a"], _log.ReadAll("t", 0));
        await producer.DisposeAsync();
    }

    [Fact]
    public async Task It_is_part_of_a_transaction()
    {
        var producer = _log.CreateProducer(new ProducerOptions { TransactionalId = "id" });
        producer.InitTransactions();
        Assert.Throws<InvalidOperationException>(() => producer.Send("t", 0, LogTestExtensions.Batch("outside")));
        producer.BeginTransaction();
        var lost = producer.Send("t", 0, LogTestExtensions.Batch("lost"));
        producer.AbortTransaction();
        producer.BeginTransaction();
        producer.Send("t", 0, "a");
        producer.Send("t", 0, LogTestExtensions.Batch("b", "c"));
        producer.Send("t", 1, LogTestExtensions.Batch("d"));
        Assert.Empty(_log.ReadAll("t", 1));
        producer.CommitTransaction();

        await Assert.ThrowsAsync<TransactionAbortedException>(() => lost.Committed);
        Assert.Equal(["a", "b", "c"], _log.ReadAll("t", 0));
        Assert.Equal(["d"], _log.ReadAll("t", 1));
        await producer.DisposeAsync();
    }

    [Fact]
    public async Task What_a_full_disk_refuses_is_committed_once_and_in_order_when_there_is_room()
    {
        var producer = _log.CreateProducer();
        _files.IsFull = true;
        producer.Send("t", 0, "a");
        var sent = producer.Send("t", 0, LogTestExtensions.Batch("b", "c"));
        producer.Send("t", 0, "d");
        var flush = producer.FlushAsync();
        await _time.Tick(TimeSpan.FromMilliseconds(100));
        producer.Send("t", 0, LogTestExtensions.Batch("e"));
        Assert.False(flush.IsCompleted);

        _files.IsFull = false;
        await _time.Until(flush);
        await _time.Until(producer.FlushAsync());

        Assert.Equal(["a", "b", "c", "d", "e"], _log.ReadAll("t", 0));
        Assert.Equal(1, (await sent.Committed).Offset);
        await producer.DisposeAsync();
    }

    [Fact]
    public async Task It_waits_for_room_and_a_wait_can_be_cancelled()
    {
        var producer = _log.CreateProducer(new ProducerOptions { BufferBytes = 64 << 10, MaxBlock = TimeSpan.FromSeconds(3) });
        _files.IsFull = true;
        producer.Send("t", 0, LogTestExtensions.Batch(new string('x', 63 << 10)));
        var batch = LogTestExtensions.Batch(new string('y', 2 << 10));
        using var cancel = new CancellationTokenSource();
        var cancelled = producer.SendAsync("t", 0, batch, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        var blocked = Task.Run(() => producer.Send("t", 0, batch));
        await Assert.ThrowsAsync<BufferExhaustedException>(() => _time.Until(blocked));

        var waiting = producer.SendAsync("t", 0, batch).AsTask();
        Assert.False(waiting.IsCompleted);
        _files.IsFull = false;
        var position = await _time.Until((await _time.Until(waiting)).Committed);

        Assert.Equal(1, position.Offset);
        await producer.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task One_that_changes_while_it_waits_for_room_is_refused_and_nothing_of_it_is_sent(int change)
    {
        var producer = await Full();
        var batch = LogTestExtensions.Batch(new string('y', 2 << 10));
        var waiting = producer.SendAsync("t", 0, batch).AsTask();
        if (change == 0)
            batch.Clear();
        else if (change == 1)
            batch.Add(1, default, keyIsNull: true, "more"u8, valueIsNull: false);
        else
            batch.BeginRecord(1);
        _files.IsFull = false;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _time.Until(waiting));

        producer.Send("t", 0, "after");
        await _time.Until(producer.FlushAsync());
        Assert.Equal("after", Assert.Single(_log.ReadAll("t", 0), v => v.Length < 100));
        Assert.Equal(2, _log.DescribePartition("t", 0).Records);
        await producer.DisposeAsync();
    }

    [Fact]
    public async Task What_waits_for_room_while_its_topic_is_replaced_must_suit_the_new_one()
    {
        _log.CreateTopic("replaced", new TopicSettings());
        var producer = await Full();
        var batch = producer.SendAsync("replaced", 0, LogTestExtensions.Batch(new string('y', 2 << 10))).AsTask();
        var record = producer.SendAsync(new ProducerRecord("replaced") { Value = new byte[2 << 10] }).AsTask();
        _files.IsFull = false;
        _log.DeleteTopic("replaced");
        _log.CreateTopic("replaced", new TopicSettings { Cleanup = TopicCleanup.Compact });

        await Assert.ThrowsAsync<InvalidRecordException>(() => _time.Until(batch));
        await Assert.ThrowsAsync<InvalidRecordException>(() => _time.Until(record));
        await _time.Until(producer.FlushAsync());
        Assert.Empty(_log.ReadAll("replaced", 0));
        await producer.DisposeAsync();
    }

    [Theory]
    [InlineData(CompressionType.Lz4, true)]
    [InlineData(CompressionType.Zstd, false)]
    public async Task Its_bytes_are_compressed_and_it_need_not_be_stamped(CompressionType compression, bool isIdempotent)
    {
        var producer = _log.CreateProducer(new ProducerOptions { Compression = compression, EnableIdempotence = isIdempotent });
        producer.Send("t", 0, LogTestExtensions.Batch([.. Enumerable.Range(0, 1_000).Select(i => $"value {i % 7}")]));
        await _time.Until(producer.FlushAsync());

        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => $"value {i % 7}"), _log.ReadAll("t", 0));
        Assert.InRange(_log.DescribePartition("t", 0).SizeInBytes, 100, 10_000);
        await producer.DisposeAsync();
    }

    [Fact]
    public void A_closed_producer_takes_none()
    {
        var producer = _log.CreateProducer();
        producer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => producer.Send("t", 0, LogTestExtensions.Batch("a")));
    }

    /// <summary>A producer whose buffer is full as long as the disk is.</summary>
    private async Task<Producer> Full()
    {
        var producer = _log.CreateProducer(new ProducerOptions { BufferBytes = 64 << 10 });
        _files.IsFull = true;
        producer.Send("t", 0, LogTestExtensions.Batch(new string('x', 63 << 10)));
        await _time.Tick(TimeSpan.FromMilliseconds(10));
        return producer;
    }
}
