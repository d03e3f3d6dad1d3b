using System.Text;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Clients;

public sealed class ProducerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FlowLog _log;

    public ProducerTests() => _log = FlowLog.Open(_directory.Path);

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Each_record_tells_where_it_is_when_it_is_committed()
    {
        _log.CreateTopic("t", new TopicSettings());
        await using var producer = _log.CreateProducer();

        var first = producer.Send("t", [], "a"u8, timestamp: 7);
        var second = producer.Send("t", [], "b"u8, timestamp: 8);

        Assert.Equal(("t", 0), (first.Topic, first.Partition));
        Assert.Equal(new RecordPosition("t", 0, 1, 8), await second.Committed);
        Assert.Equal(new RecordPosition("t", 0, 0, 7), await first.Committed);
        Assert.True(first.IsCompleted);
        Assert.Equal(["a", "b"], _log.ReadAll("t", 0));
    }

    [Fact]
    public async Task Positions_are_right_across_batches_and_transactions()
    {
        _log.CreateTopic("t", new TopicSettings(Partitions: 3));
        await using var producer = _log.CreateProducer(new ProducerOptions { BatchBytes = 1024, BufferBytes = 64 << 10 });

        var results = Enumerable.Range(0, 5_000).Select(i => (Value: $"value {i}", Result: producer.Send("t", $"key {i % 100}", $"value {i}"))).ToList();
        await producer.FlushAsync();

        var stored = Enumerable.Range(0, 3).Select(p => _log.ReadAll("t", p)).ToList();
        foreach (var (value, result) in results)
        {
            var position = await result.Committed;
            Assert.Equal(value, stored[position.Partition][(int)position.Offset]);
        }
    }

    [Fact]
    public async Task Keyed_records_go_where_Kafka_puts_them_and_keep_their_order()
    {
        _log.CreateTopic("t", new TopicSettings(Partitions: 12));
        await using var producer = _log.CreateProducer();

        producer.Send("t", "a", "1"); // partition 4 of 12, by the vectors of the Java client
        producer.Send("t", "a", "2");
        producer.Send("t", "ab", "3"); // partition 2 of 12
        await producer.FlushAsync();

        Assert.Equal(["1", "2"], _log.ReadAll("t", 4));
        Assert.Equal(["3"], _log.ReadAll("t", 2));
    }

    [Fact]
    public async Task Records_without_key_fill_one_batch_after_the_other()
    {
        _log.CreateTopic("t", new TopicSettings(Partitions: 4));
        await using var producer = _log.CreateProducer(new ProducerOptions { BatchBytes = 1024 });

        for (int i = 0; i < 1_000; i++)
            producer.Send("t", Encoding.UTF8.GetBytes($"value {i}"));
        await producer.FlushAsync();

        Assert.All(Enumerable.Range(0, 4), p => Assert.InRange(_log.DescribePartition("t", p).Records, 200, 300));
    }

    [Fact]
    public async Task Headers_timestamps_tombstones_and_partitions_arrive_as_they_were_sent()
    {
        _log.CreateTopic("t", new TopicSettings(Partitions: 2));
        await using var producer = _log.CreateProducer();
        producer.Send(new ProducerRecord("t")
        {
            Partition = 1,
            Key = "k"u8.ToArray(),
            Timestamp = 123,
            Headers = [new RecordHeader("trace", [1, 2]), new RecordHeader("none", null), new RecordHeader("trace", [3])],
        });
        await producer.FlushAsync();

        using var reader = _log.OpenReader("t", 1, 0);
        Assert.True(reader.TryRead(out var batch));
        Check(batch[0]);

        static void Check(LogRecord record)
        {
            Assert.True("k"u8.SequenceEqual(record.Key));
            Assert.True(record.IsTombstone);
            Assert.Equal(123, record.Timestamp);
            Assert.Equal(3, record.Headers.Count);
            Assert.True(record.Headers.TryGet("trace", out var value));
            Assert.Equal([3], value.ToArray());
            Assert.False(record.Headers.TryGet("other", out _));
        }
    }

    [Fact]
    public async Task A_record_that_is_too_large_is_refused_and_the_next_one_is_taken()
    {
        _log.CreateTopic("t", new TopicSettings());
        await using var producer = _log.CreateProducer();

        var e = Assert.Throws<RecordTooLargeException>(() => producer.Send("t", new byte[(1 << 20) + 1]));
        Assert.Contains("1048577 bytes for 't'", e.Message, StringComparison.Ordinal);
        producer.Send("t", null, "small");
        producer.Send("t", new byte[1 << 20]);
        await producer.FlushAsync();

        Assert.Equal(2, _log.DescribePartition("t", 0).Records);
    }

    [Fact]
    public async Task Sending_waits_for_room_when_the_buffer_is_full()
    {
        _log.CreateTopic("t", new TopicSettings());
        await using var producer = _log.CreateProducer(new ProducerOptions { BufferBytes = 64 << 10, Linger = TimeSpan.FromMinutes(1) });
        for (int i = 0; i < 1_000; i++)
            producer.Send("t", new byte[1_000]);
        await producer.FlushAsync();

        Assert.Equal(1_000, _log.DescribePartition("t", 0).Records);
    }

    [Fact]
    public async Task Without_linger_every_record_is_committed_soon()
    {
        _log.CreateTopic("t", new TopicSettings());
        await using var producer = _log.CreateProducer(new ProducerOptions { Linger = TimeSpan.Zero });
        var results = Enumerable.Range(0, 100).Select(i => producer.Send("t", null, $"{i}")).ToList();
        for (int i = 0; i < 100; i++)
            Assert.Equal(i, (await results[i].Committed).Offset);
    }

    [Fact]
    public void An_unknown_topic_is_refused_by_name()
    {
        using var producer = _log.CreateProducer();
        Assert.Contains("'nowhere'", Assert.Throws<UnknownTopicException>(() => producer.Send("nowhere", null, "a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_threads_share_a_producer()
    {
        _log.CreateTopic("t", new TopicSettings());
        await using var producer = _log.CreateProducer();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(t => Task.Run(() =>
        {
            for (int i = 0; i < 2_000; i++)
                producer.Send("t", $"{t}", $"{t}:{i}");
        })));
        await producer.FlushAsync();

        var values = _log.ReadAll("t", 0);
        for (int t = 0; t < 4; t++)
            Assert.Equal(Enumerable.Range(0, 2_000).Select(i => $"{t}:{i}"), values.Where(v => v.StartsWith($"{t}:", StringComparison.Ordinal)));
    }
}
