using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests;

public sealed class FlowLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_was_appended_is_read_back_in_order_also_after_reopening()
    {
        using (var log = FlowLog.Open(_directory.Path))
        {
            log.CreateTopic("orders", new TopicSettings(Partitions: 2));
            log.Append("orders", 0, "a", "b");
            log.Append("orders", 0, "c");
            log.Append("orders", 1, "x");
            Assert.Equal(["a", "b", "c"], log.ReadAll("orders", 0));
        }

        using var again = FlowLog.Open(_directory.Path);
        Assert.True(again.Recovery.WasClosedCleanly);
        Assert.Equal(["a", "b", "c"], again.ReadAll("orders", 0));
        Assert.Equal(["x"], again.ReadAll("orders", 1));
        again.Append("orders", 0, "d");
        Assert.Equal(["b", "c", "d"], again.ReadAll("orders", 0, from: 1));
        Assert.Equal(new PartitionDescription(0, 4, again.DescribePartition("orders", 0).SizeInBytes, 1), again.DescribePartition("orders", 0));
    }

    [Fact]
    public void Segments_roll_and_are_read_as_one_sequence()
    {
        using (var log = FlowLog.Open(_directory.Path, new FlowLogOptions { SegmentBytes = 1024 }))
        {
            log.CreateTopic("t", new TopicSettings());
            for (int i = 0; i < 100; i++)
                log.Append("t", 0, $"value {i}");
            Assert.True(log.DescribePartition("t", 0).Segments > 10);
        }

        using var again = FlowLog.Open(_directory.Path);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"value {i}"), again.ReadAll("t", 0));
    }

    [Fact]
    public async Task Metadata_that_are_no_text_are_refused_and_leave_nothing_in_the_transaction()
    {
        using var log = FlowLog.Open(_directory.Path);
        log.CreateTopic("t", new TopicSettings());
        using var transaction = log.BeginTransaction();
        transaction.Append("t", 0, LogTestExtensions.Batch("a"));

        var e = Assert.Throws<ArgumentException>(() => transaction.SetOffset("g", "t", 0, 17, "half a pair: \ud83d"));

        Assert.Contains("surrogate", e.Message, StringComparison.Ordinal);
        await transaction.CommitAsync();
        Assert.Null(log.GetCommitted("g", "t", 0));
        Assert.Equal(["a"], log.ReadAll("t", 0));
    }

    [Fact]
    public async Task Offsets_of_groups_are_committed_with_the_batches_of_their_transaction()
    {
        using (var log = FlowLog.Open(_directory.Path))
        {
            log.CreateTopic("t", new TopicSettings());
            using var transaction = log.BeginTransaction();
            transaction.Append("t", 0, LogTestExtensions.Batch("a"));
            transaction.SetOffset("g", "t", 0, 17, "watermark 5");
            Assert.Null(log.GetCommitted("g", "t", 0));
            await transaction.CommitAsync();
            Assert.Equal(0, transaction.FirstAppendedOffset("t", 0));
        }

        using var again = FlowLog.Open(_directory.Path);
        Assert.Equal(new CommittedOffset(17, "watermark 5"), again.GetCommitted("g", "t", 0));
        Assert.Equal(["g"], again.ListGroups());
        Assert.Equal([new GroupOffset("t", 0, new CommittedOffset(17, "watermark 5"))], again.ListGroupOffsets("g"));
    }

    [Fact]
    public void A_schema_gets_one_id_for_the_same_bytes_and_is_still_there_after_reopening()
    {
        using (var log = FlowLog.Open(_directory.Path))
        {
            log.CreateTopic("t", new TopicSettings());
            Assert.Equal(1, log.RegisterSchema("t", [1, 2]));
            Assert.Equal(2, log.RegisterSchema("t", [3]));
            Assert.Equal(1, log.RegisterSchema("t", [1, 2]));
        }

        using var again = FlowLog.Open(_directory.Path);
        Assert.Equal([1, 2], again.SchemaIds("t"));
        Assert.Equal([3], again.GetSchema("t", 2));
    }

    [Fact]
    public void Deleting_records_drops_whole_segments_and_moves_the_first_offset()
    {
        using (var log = FlowLog.Open(_directory.Path, new FlowLogOptions { SegmentBytes = 1024 }))
        {
            log.CreateTopic("t", new TopicSettings());
            for (int i = 0; i < 100; i++)
                log.Append("t", 0, $"value {i}");
            int segments = log.DescribePartition("t", 0).Segments;
            log.DeleteRecordsBefore("t", 0, 50);
            Assert.InRange(log.DescribePartition("t", 0).Segments, 1, segments - 5);
            Assert.Equal("value 50", log.ReadAll("t", 0)[0]);
            Assert.Throws<OffsetOutOfRangeException>(() => log.OpenReader("t", 0, 49));
        }

        using var again = FlowLog.Open(_directory.Path);
        Assert.Equal(Enumerable.Range(50, 50).Select(i => $"value {i}"), again.ReadAll("t", 0));
    }

    [Fact]
    public async Task A_reader_at_the_end_waits_for_the_next_commit()
    {
        using var log = FlowLog.Open(_directory.Path);
        log.CreateTopic("t", new TopicSettings());
        using var reader = log.OpenReader("t", 0, 0);
        long version = log.CommitVersion;
        Assert.False(reader.TryRead(out _));

        var wait = log.WaitForCommitAsync(version).AsTask();
        Assert.False(wait.IsCompleted);
        log.Append("t", 0, "a");
        await wait;

        Assert.True(reader.TryRead(out var batch));
        Assert.Equal(1, batch.Count);
    }
}
