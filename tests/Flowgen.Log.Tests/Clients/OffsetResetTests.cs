using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Clients;

public sealed class OffsetResetTests : IDisposable
{
    private static readonly TopicPartition Partition = new("t", 0);
    private readonly FlowLog _log;

    public OffsetResetTests()
    {
        _log = FlowLog.Open("/log", new FlowLogOptions { SegmentBytes = 1024 }, new SimulatedFileSystem(), CommitMode.Inline);
        _log.CreateTopic("t", new TopicSettings());
        for (int i = 0; i < 100; i++)
            _log.Append("t", 0, $"{i}");
    }

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData(AutoOffsetReset.Earliest, 0)]
    [InlineData(AutoOffsetReset.Latest, 100)]
    public void Without_a_committed_offset_the_options_say_where_to_start(AutoOffsetReset reset, long expected)
    {
        using var consumer = Assigned(reset);
        Assert.Equal(expected, consumer.Position(Partition));
        Assert.Equal(100 - expected, consumer.CurrentLag());
    }

    [Fact]
    public void Kafkas_default_is_to_start_at_the_end() => Assert.Equal(AutoOffsetReset.Latest, new ConsumerOptions().AutoOffsetReset);

    [Fact]
    public void Where_nothing_may_be_guessed_a_consumer_without_committed_offset_is_told_so_and_can_seek()
    {
        using var consumer = Assigned(AutoOffsetReset.None);
        Assert.Throws<NoOffsetForPartitionException>(() => consumer.TryConsume(out _));
        Assert.Throws<NoOffsetForPartitionException>(() => consumer.Position(Partition));
        consumer.Commit(); // there is nothing to commit
        Assert.Null(consumer.Committed(Partition));
        consumer.Seek(Partition, 7);
        Assert.Equal("7", Take(consumer));
    }

    [Theory]
    [InlineData(AutoOffsetReset.Earliest, "60")]
    [InlineData(AutoOffsetReset.Latest, null)]
    public void A_consumer_inside_deleted_records_goes_where_the_options_say(AutoOffsetReset reset, string? expected)
    {
        _log.CommitOffset("g", "t", 0, 10, "");
        using var consumer = Assigned(reset);
        Assert.Equal("10", Take(consumer));
        using var late = Assigned(reset); // has not read anything yet
        _log.DeleteRecordsBefore("t", 0, 60);
        Assert.Equal(expected, Take(late));
        for (int i = 11; Take(consumer) is { } value; i++)
        {
            if (value == expected)
                return;
            Assert.Equal($"{i}", value); // what it had in hand
        }

        Assert.Null(expected);
        Assert.Equal(100, consumer.Position(Partition));
    }

    [Fact]
    public void Where_nothing_may_be_skipped_a_consumer_inside_deleted_records_is_told_so_and_can_seek()
    {
        _log.CommitOffset("g", "t", 0, 10, "");
        using var consumer = Assigned(AutoOffsetReset.None);
        _log.DeleteRecordsBefore("t", 0, 60);
        Assert.Throws<OffsetOutOfRangeException>(() => consumer.TryConsume(out _));
        Assert.Throws<OffsetOutOfRangeException>(() => consumer.TryConsume(out _));
        consumer.SeekToBeginning();
        Assert.Equal("60", Take(consumer));
    }

    [Fact]
    public void A_committed_offset_behind_the_end_is_out_of_range()
    {
        _log.CommitOffset("g", "t", 0, 1_000, "");
        using var earliest = Assigned(AutoOffsetReset.Earliest);
        using var none = Assigned(AutoOffsetReset.None);
        Assert.Equal("0", Take(earliest));
        Assert.Throws<OffsetOutOfRangeException>(() => none.TryConsume(out _));
    }

    [Fact]
    public void A_paused_partition_gives_nothing_and_keeps_its_position()
    {
        using var consumer = Assigned(AutoOffsetReset.Earliest);
        Assert.Equal("0", Take(consumer));
        consumer.Pause(Partition);
        Assert.Equal([Partition], consumer.Paused);
        Assert.Null(Take(consumer));
        Assert.False(consumer.TryConsumeBatch(out _));
        Assert.Empty(consumer.Poll(TimeSpan.Zero));
        consumer.Resume(Partition);
        Assert.Equal("1", Take(consumer));
        Assert.Throws<InvalidOperationException>(() => consumer.Pause(new TopicPartition("t", 1)));
    }

    [Fact]
    public void A_poll_is_bounded_in_records_and_bytes()
    {
        using var few = Assigned(AutoOffsetReset.Earliest, new ConsumerOptions { MaxPollRecords = 30 });
        Assert.Equal([30, 30, 30, 10, 0], Enumerable.Range(0, 5).Select(_ => few.Poll(TimeSpan.Zero).Count));
        using var small = Assigned(AutoOffsetReset.Earliest, new ConsumerOptions { FetchMaxBytes = 12 });
        Assert.Equal([11, 6], Enumerable.Range(0, 2).Select(_ => small.Poll(TimeSpan.Zero).Count)); // 10 of one byte, then two bytes each
    }

    private Consumer Assigned(AutoOffsetReset reset, ConsumerOptions? options = null)
    {
        var consumer = _log.CreateConsumer((options ?? new ConsumerOptions()) with { Group = "g", AutoOffsetReset = reset });
        consumer.Assign(Partition);
        return consumer;
    }

    private static string? Take(Consumer consumer) => consumer.TryConsume(out var record) ? record.ValueText : null;
}
