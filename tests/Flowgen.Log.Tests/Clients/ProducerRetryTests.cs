using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Clients;

/// <summary>What a producer does when the disk, the log or a topic does not play along.</summary>
public sealed class ProducerRetryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyFiles _files = new();
    private readonly ManualTime _time = new();
    private FlowLog _log;

    public ProducerRetryTests()
    {
        _log = Open();
        _log.CreateTopic("t", new TopicSettings(Partitions: 2));
    }

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task What_a_full_disk_refuses_is_committed_once_and_in_order_when_there_is_room()
    {
        var producer = _log.CreateProducer();
        var results = Send(producer, 0, 5);
        _files.IsFull = true;
        results.AddRange(Send(producer, 5, 20));
        var flush = producer.FlushAsync();
        for (int i = 0; i < 10; i++)
            await _time.Tick(TimeSpan.FromMilliseconds(100));
        Assert.False(flush.IsCompleted);

        _files.IsFull = false;
        await _time.Until(flush);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), _log.ReadAll("t", 0));
        for (int i = 0; i < 20; i++)
            Assert.Equal(i, (await results[i].Committed).Offset);
        await producer.DisposeAsync();
    }

    [Fact]
    public async Task A_record_that_the_disk_refuses_for_too_long_fails_and_the_later_ones_follow_without_it()
    {
        var producer = _log.CreateProducer(new ProducerOptions { DeliveryTimeout = TimeSpan.FromSeconds(1) });
        await _time.Until(producer.Send("t", 0, "before").Committed);
        _files.IsFull = true;
        var lost = producer.Send("t", 0, "lost");
        var flush = producer.FlushAsync();
        await _time.Tick(TimeSpan.FromMilliseconds(900));
        var late = producer.Send("t", 0, "late");
        for (int i = 0; i < 3; i++)
            await _time.Tick(TimeSpan.FromMilliseconds(100));

        var e = await Assert.ThrowsAsync<DeliveryTimeoutException>(() => _time.Until(lost.Committed));
        Assert.Contains("it is not in the log", e.Message, StringComparison.Ordinal);
        _files.IsFull = false;
        Assert.Equal(1, (await _time.Until(late.Committed)).Offset);
        Assert.IsType<DeliveryTimeoutException>((await Assert.ThrowsAsync<FlowLogException>(() => flush)).InnerException);
        await producer.DisposeAsync();
        Assert.Equal(["before", "late"], _log.ReadAll("t", 0));
    }

    [Fact]
    public async Task A_full_buffer_blocks_for_MaxBlock_and_says_what_to_do()
    {
        var producer = _log.CreateProducer(new ProducerOptions { BufferBytes = 64 << 10, MaxBlock = TimeSpan.FromSeconds(3) });
        _files.IsFull = true;
        Fill(producer);

        var send = Task.Run(() => producer.Send("t", 0, "more"));
        var sendAsync = producer.SendAsync(new ProducerRecord("t") { Value = new byte[10] }).AsTask();
        using var cancel = new CancellationTokenSource();
        var cancelled = producer.SendAsync(new ProducerRecord("t") { Value = new byte[10] }, cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Contains("MaxBlock", (await Assert.ThrowsAsync<BufferExhaustedException>(() => _time.Until(sendAsync))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BufferExhaustedException>(() => _time.Until(send));
        _files.IsFull = false;
        await _time.Until(producer.FlushAsync());
        await producer.DisposeAsync();
    }

    [Fact]
    public async Task Those_who_wait_for_room_get_it_in_their_order()
    {
        var producer = _log.CreateProducer(new ProducerOptions { BufferBytes = 64 << 10 });
        _files.IsFull = true;
        int before = Fill(producer);
        var waiting = Enumerable.Range(0, 50).Select(i => producer.SendAsync(new ProducerRecord("t") { Partition = 1, Value = new byte[] { (byte)i } }).AsTask()).ToList();
        Assert.All(waiting, w => Assert.False(w.IsCompleted));

        _files.IsFull = false;
        foreach (var wait in waiting)
            await _time.Until((await _time.Until(wait)).Committed);

        await producer.DisposeAsync();
        Assert.Equal(before, _log.DescribePartition("t", 0).Records);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{(char)i}"), _log.ReadAll("t", 1));
    }

    [Fact]
    public async Task A_record_that_waits_for_room_comes_before_those_that_are_sent_after_it()
    {
        var producer = _log.CreateProducer(new ProducerOptions { BufferBytes = 64 << 10 });
        for (int round = 0; round < 50; round++)
        {
            _files.IsFull = true;
            Fill(producer);
            var waiting = producer.SendAsync(new ProducerRecord("t") { Partition = 1, Value = "a"u8.ToArray() }).AsTask();
            var later = Task.Run(() => producer.Send("t", 1, "b"));
            _files.IsFull = false;
            await _time.Until(Task.WhenAll(waiting, later));
            await _time.Until(producer.FlushAsync());
            Assert.Equal(["a", "b"], _log.ReadAll("t", 1, from: round * 2));
        }

        await producer.DisposeAsync();
    }

    [Fact]
    public async Task A_small_record_gets_the_room_for_which_a_large_one_has_stopped_to_wait()
    {
        var producer = _log.CreateProducer(new ProducerOptions { BufferBytes = 64 << 10 });
        _files.IsFull = true;
        producer.Send(new ProducerRecord("t") { Partition = 0, Value = new byte[60_000] });
        using var cancel = new CancellationTokenSource();
        var large = producer.SendAsync(new ProducerRecord("t") { Value = new byte[10_000] }, cancel.Token).AsTask();
        var small = producer.SendAsync(new ProducerRecord("t") { Value = new byte[10] }).AsTask();
        Assert.False(small.IsCompleted);

        await cancel.CancelAsync();

        await small;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        _files.IsFull = false;
        await _time.Until(producer.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task Closing_the_producer_frees_who_waits_for_room()
    {
        var producer = _log.CreateProducer(new ProducerOptions { BufferBytes = 64 << 10, DeliveryTimeout = TimeSpan.FromSeconds(2) });
        _files.IsFull = true;
        Fill(producer);
        var send = producer.SendAsync(new ProducerRecord("t") { Value = new byte[10] }).AsTask();

        var close = producer.DisposeAsync().AsTask();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => send);
        await Assert.ThrowsAsync<FlowLogException>(() => _time.Until(close));
        Assert.Throws<ObjectDisposedException>(() => producer.Send("t", null, "a"));
    }

    [Fact]
    public async Task Records_of_a_deleted_topic_fail_and_the_others_are_committed()
    {
        _log.CreateTopic("gone", new TopicSettings());
        await using var producer = _log.CreateProducer(new ProducerOptions { Linger = TimeSpan.FromMinutes(1) });
        await _time.Until(Flushed(producer, producer.Send("gone", null, "early")).Committed);
        var gone = producer.Send("gone", null, "a");
        var kept = producer.Send("t", 0, "b");
        _log.DeleteTopic("gone");

        await Assert.ThrowsAsync<FlowLogException>(() => _time.Until(producer.FlushAsync()));
        await Assert.ThrowsAsync<TopicDeletedException>(() => _time.Until(gone.Committed));
        Assert.Equal(0, (await _time.Until(kept.Committed)).Offset);
        Assert.Throws<UnknownTopicException>(() => producer.Send("gone", null, "c"));
        _log.CreateTopic("gone", new TopicSettings());
        Assert.Equal(0, (await _time.Until(Flushed(producer, producer.Send("gone", null, "d")).Committed)).Offset);
    }

    [Fact]
    public async Task A_resumed_producer_sends_again_what_is_not_in_the_log_and_nothing_else()
    {
        var producer = _log.CreateProducer(new ProducerOptions { Linger = TimeSpan.FromMinutes(1) });
        await _time.Until(Flushed(producer, producer.Send("t", 0, "0")).Committed);
        _files.SyncFails = true;
        var written = producer.Send("t", 0, "1"); // its commit is on the disk, but nobody was told
        await Assert.ThrowsAsync<FlowLogException>(() => producer.FlushAsync());
        await Assert.ThrowsAsync<LogPoisonedException>(() => written.Committed);
        await Assert.ThrowsAsync<LogPoisonedException>(() => Task.Run(() => producer.Send("t", 0, "refused").Committed));
        _files.SyncFails = false;
        Assert.Throws<InvalidOperationException>(() => _log.ResumeProducer(producer));
        _log.Dispose();
        _log = Open();
        Assert.Equal(["0", "1"], _log.ReadAll("t", 0));

        var resumed = _log.ResumeProducer(producer);
        var next = resumed.Send("t", 0, "2");
        await _time.Until(resumed.FlushAsync());

        Assert.Equal(1, (await written.Committed).Offset);
        Assert.Equal(2, (await next.Committed).Offset);
        Assert.Equal(producer.ProducerId, resumed.ProducerId);
        Assert.Equal(["0", "1", "2"], _log.ReadAll("t", 0));
        Assert.Throws<InvalidOperationException>(() => _log.ResumeProducer(producer));
        await resumed.DisposeAsync();
    }

    [Fact]
    public async Task A_producer_whose_log_was_closed_too_early_is_resumed_with_all_it_had()
    {
        var producer = _log.CreateProducer(new ProducerOptions { Linger = TimeSpan.FromMinutes(1) });
        var results = Send(producer, 0, 10);
        _log.Dispose();
        _log = Open();

        var resumed = _log.ResumeProducer(producer);
        await _time.Until(resumed.FlushAsync());

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), _log.ReadAll("t", 0));
        Assert.Equal(9, (await results[9].Committed).Offset);
        await resumed.DisposeAsync();
    }

    [Fact]
    public async Task A_resumed_producer_tells_of_records_whose_topic_is_gone()
    {
        _log.CreateTopic("gone", new TopicSettings());
        var producer = _log.CreateProducer(new ProducerOptions { Linger = TimeSpan.FromMinutes(1) });
        var lost = producer.Send("gone", null, "a");
        _log.Dispose();
        _log = Open();
        _log.DeleteTopic("gone");

        var resumed = _log.ResumeProducer(producer);

        await Assert.ThrowsAsync<TopicDeletedException>(() => lost.Committed);
        Assert.IsType<TopicDeletedException>((await Assert.ThrowsAsync<FlowLogException>(() => resumed.FlushAsync())).InnerException);
        await resumed.DisposeAsync();
    }

    [Fact]
    public async Task What_may_be_in_the_log_fails_when_the_log_has_answered_for_all_of_it()
    {
        var producer = _log.CreateProducer(new ProducerOptions { Linger = TimeSpan.FromMinutes(1) });
        await _time.Until(Flushed(producer, producer.Send("t", 0, "0")).Committed);
        var lost = await LoseInThreeCommits(producer);
        _time.Advance(TimeSpan.FromDays(3));
        _log = Open(CommitMode.Inline);
        Forget(producer.ProducerId);
        _log.Pipeline.RunOnTheCallersThread(CommitMode.Manual);

        var resumed = _log.ResumeProducer(producer);
        Assert.True(_log.Pipeline.WriteNext()); // the first one is refused; the bytes of the others still belong to the log
        Assert.All(lost, l => Assert.False(l.IsCompleted));
        while (_log.Pipeline.WriteNext())
            continue;
        _time.Advance(TimeSpan.FromMilliseconds(1));

        foreach (var result in lost)
            await Assert.ThrowsAsync<OutOfOrderSequenceException>(() => result.Committed);
        _log.Pipeline.RunOnTheCallersThread(CommitMode.Inline);
        var next = resumed.Send("t", 0, "next");
        await Assert.ThrowsAsync<FlowLogException>(() => resumed.FlushAsync());
        Assert.Equal("next", _log.ReadAll("t", 0, (await next.Committed).Offset).Single());
        await resumed.DisposeAsync();
    }

    [Fact]
    public void The_sequence_of_what_is_committed_never_goes_back()
    {
        var partition = new ProducerPartition(_log.FindPartition(new TopicPartition("t", 0)));
        Delivery[] deliveries = [new(0, 0), new(0, 1)];
        foreach (var delivery in deliveries)
        {
            partition.Begin(schemaId: 0);
            partition.Builder.Add(1, default, keyIsNull: true, "a"u8, valueIsNull: false);
            partition.Take(partition.Pending!, partition.Builder, delivery, _log.Pipeline.Chunks, CompressionType.None, producerId: 7);
            partition.Forget();
        }

        deliveries[1].Succeed(_log.Pipeline.Chunks);
        deliveries[0].Succeed(_log.Pipeline.Chunks);

        Assert.Equal(2, partition.CommittedSequence);
        Assert.Equal(0, partition.OnTheWay);
    }

    [Fact]
    public async Task What_is_sent_behind_records_of_a_deleted_topic_is_waited_for()
    {
        _log.Dispose();
        _log = Open(CommitMode.Inline);
        _log.CreateTopic("gone", new TopicSettings());
        var producer = _log.CreateProducer(new ProducerOptions { Linger = TimeSpan.FromMinutes(1), BatchBytes = 1024 });
        _log.Pipeline.RunOnTheCallersThread(CommitMode.Manual);
        var delete = Task.Run(() => _log.DeleteTopic("gone"));
        while (!_log.Pipeline.WriteNext())
            await Task.Yield();
        producer.Send("gone", null, "submitted");
        var first = producer.FlushAsync();
        producer.Send("gone", null, new string('x', 2_000)); // closed, and not submitted
        while (_log.Pipeline.CommitNext())
            continue;
        await delete;
        Assert.True(_log.Pipeline.WriteNext()); // refuses what was submitted
        await Assert.ThrowsAsync<FlowLogException>(() => first);

        var kept = producer.Send("t", 0, "kept");
        var flush = producer.FlushAsync();
        Assert.False(flush.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        while (_log.Pipeline.WriteNext() || _log.Pipeline.CommitNext())
            continue;

        await flush;
        Assert.Equal(0, (await kept.Committed).Offset);
        _log.Pipeline.RunOnTheCallersThread(CommitMode.Inline);
        await producer.DisposeAsync();
    }

    [Fact]
    public async Task A_producer_that_works_or_is_closed_is_not_resumed()
    {
        var producer = _log.CreateProducer();
        Assert.Throws<InvalidOperationException>(() => _log.ResumeProducer(producer));
        await producer.DisposeAsync();
        _log.Dispose();
        _log = Open();
        Assert.Contains("closed", Assert.Throws<InvalidOperationException>(() => _log.ResumeProducer(producer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_producer_that_was_idle_for_days_goes_on()
    {
        await using var producer = _log.CreateProducer();
        await _time.Until(producer.Send("t", 0, "0").Committed);
        _time.Advance(TimeSpan.FromDays(3));
        for (int i = 0; i < 100; i++)
        {
            await using var other = _log.CreateProducer();
            await _time.Until(other.Send("t", 0, "other").Committed);
        }

        Assert.Equal(101, (await _time.Until(producer.Send("t", 0, "1").Committed)).Offset);
    }

    [Fact]
    public async Task New_partitions_take_records()
    {
        await using var producer = _log.CreateProducer();
        await _time.Until(producer.Send("t", 0, "0").Committed);
        _log.AlterTopic("t", new TopicSettings(Partitions: 4));

        Assert.Equal(3, (await _time.Until(producer.Send("t", 3, "1").Committed)).Partition);
        Assert.Throws<UnknownTopicException>(() => producer.Send("t", 4, "2"));
    }

    [Fact]
    public async Task The_time_of_the_append_is_told_where_the_topic_takes_it()
    {
        _log.CreateTopic("stamped", new TopicSettings { TimestampType = TimestampType.LogAppendTime });
        await using var producer = _log.CreateProducer();
        long told = (await _time.Until(producer.Send("stamped", [], "a"u8, timestamp: 5).Committed)).Timestamp;

        using var reader = _log.OpenReader("stamped", 0, 0);
        Assert.True(reader.TryRead(out var batch));
        Assert.Equal(batch.AppendedAt, told);
        Assert.NotEqual(5, told);
    }

    [Fact]
    public async Task Bad_input_is_refused_by_name_and_leaves_the_producer_as_it_was()
    {
        _log.CreateTopic("compacted", new TopicSettings(Partitions: 1, TopicCleanup.Compact) { MaxRecordBytes = 10 });
        await using var producer = _log.CreateProducer();

        Assert.Contains("without key", Assert.Throws<InvalidRecordException>(() => producer.Send("compacted", null, "a")).Message, StringComparison.Ordinal);
        Assert.Contains("at most 10 bytes", Assert.Throws<RecordTooLargeException>(() => producer.Send("compacted", "key", "0123456789")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => producer.Send(new ProducerRecord("t") { Headers = [new RecordHeader(null!, [])] }));
        Assert.Throws<ArgumentException>(() => producer.Send(new ProducerRecord("t") { Headers = [new RecordHeader(new string('x', 70_000), [])] }));
        Assert.Throws<UnknownTopicException>(() => producer.Send(new ProducerRecord("t") { Partition = -1 }));
        Assert.Throws<ArgumentException>(() => _log.CreateProducer(new ProducerOptions { Compression = (CompressionType)1 }));
        Assert.Equal(0, (await _time.Until(producer.Send("compacted", "key", "value").Committed)).Offset);
    }

    private FlowLog Open(CommitMode mode = CommitMode.Threads) => FlowLog.Open(_directory.Path, new FlowLogOptions { TimeProvider = _time }, _files, mode);

    // The sync of the first one fails, when all three are on their way.
    private async Task<List<SendResult>> LoseInThreeCommits(Producer producer)
    {
        using var areSubmitted = new ManualResetEventSlim();
        _files.BeforeSync = areSubmitted.Wait;
        _files.SyncFails = true;
        var results = new List<SendResult>();
        var flushes = new List<Task>();
        for (int i = 1; i <= 3; i++)
        {
            results.Add(producer.Send("t", 0, $"{i}"));
            flushes.Add(producer.FlushAsync());
        }

        areSubmitted.Set();
        await Assert.ThrowsAsync<FlowLogException>(() => Task.WhenAll(flushes));
        _log.Dispose();
        _files.BeforeSync = () => { };
        _files.SyncFails = false;
        return results;
    }

    // Others push what has not come for days out of the memory of the log.
    private void Forget(long producerId)
    {
        for (int i = 1; i <= 100; i++)
        {
            using var transaction = _log.BeginTransaction();
            transaction.Append("t", 0, LogTestExtensions.Batch("other"), new ProducerStamp(producerId + 1_000 + i, 0, 0));
            Assert.True(transaction.CommitAsync().AsTask().IsCompletedSuccessfully);
        }
    }

    private static SendResult Flushed(Producer producer, SendResult result)
    {
        _ = producer.FlushAsync();
        return result;
    }

    private static List<SendResult> Send(Producer producer, int from, int to) => [.. Enumerable.Range(from, to - from).Select(i => producer.Send("t", 0, $"{i}"))];

    private static int Fill(Producer producer)
    {
        int sent = 0;
        for (; sent < 60; sent++)
            producer.Send(new ProducerRecord("t") { Partition = 0, Value = new byte[1_000] });
        producer.Send(new ProducerRecord("t") { Partition = 0, Value = new byte[(64 << 10) - (60 * 1_032) - 32] });
        return sent + 1;
    }
}

internal static class ProducerTestExtensions
{
    public static SendResult Send(this Producer producer, string topic, int partition, string value) =>
        producer.Send(new ProducerRecord(topic) { Partition = partition, Value = System.Text.Encoding.UTF8.GetBytes(value) });
}
