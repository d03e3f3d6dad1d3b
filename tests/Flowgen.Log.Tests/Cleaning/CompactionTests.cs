using System.Buffers.Binary;
using Flowgen.Log.Storage;
using Flowgen.Log.Tests.Simulation;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Cleaning;

public class CompactionTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TopicSettings Compacted = new(Cleanup: TopicCleanup.Compact);

    [Fact]
    public void In_a_log_that_takes_nothing_any_more_compaction_says_so_and_leaves_the_segments_alone()
    {
        using var log = new CleaningLog(new TopicSettings(Cleanup: TopicCleanup.Compact) { MinDirtyRatio = 0 });
        log.Append("k=1", "k=2");
        log.Roll();
        log.Roll();
        log.Disk.Fault = new Fault(log.Disk.Operations, FaultKind.IoError, ForEver: true);
        Assert.Throws<LogPoisonedException>(() => log.Append("k=3"));
        log.Disk.Fault = Fault.None;
        var segments = Segments();

        log.Log.Housekeeper.RunOnce();

        Assert.Equal("compaction", Assert.Single(log.Log.HousekeepingFailures).Job);
        Assert.Equal(segments, Segments());

        List<(string, long)> Segments() =>
            [.. log.Disk.Entries.Where(e => e.Path.EndsWith(LogLayout.SegmentSuffix, StringComparison.Ordinal)).Select(e => (e.Path, e.Content!.Length))];
    }

    [Fact]
    public void The_newest_record_of_each_key_stays_at_its_offset()
    {
        using var log = new CleaningLog(Compacted);
        log.Append("a=1", "b=1", "a=2");
        log.Append("c=1");
        log.Append("b=2", "b=3");
        log.Roll();
        log.Append("c=2");

        log.Clean();

        Assert.Equal(["2:a=2", "3:c=1", "5:b=3", "6:roll=…", "7:c=2"], log.Read()); // 7 is in the active segment
        log.Reopen();
        Assert.Equal(["2:a=2", "3:c=1", "5:b=3", "6:roll=…", "7:c=2"], log.Read());
        Assert.Equal((0L, 8L), (log.Described.FirstOffset, log.Described.NextOffset));
        log.Append("d=1");
        Assert.Equal("8:d=1", log.Read()[^1]);
    }

    [Fact]
    public void From_any_offset_what_is_left_behind_it_can_be_read()
    {
        using var log = new CleaningLog(Compacted);
        for (int i = 0; i < 20; i++)
            log.Append($"k{i % 3}={i}", $"k{i % 7}={i}", $"only{i}={i}");
        log.Roll();
        log.Append("end=1");
        log.Clean();
        var all = log.Read();

        for (long offset = 0; offset <= log.Described.NextOffset; offset++)
            Assert.Equal(all.Where(r => long.Parse(r.Split(':')[0]) >= offset), log.Read(offset));
    }

    [Fact]
    public void Key_value_headers_time_schema_and_producer_stay_as_they_are()
    {
        using var log = new CleaningLog(Compacted);
        log.Append(new ModelRecord("gone", "1"), new ModelRecord("k", "v", Timestamp: 42, Headers: " h1:x h2:y"), new ModelRecord("gone", "2"));
        log.Append("gone=3");
        log.Roll();
        log.Append("end=1");
        var before = Batches(log)[0];

        log.Clean();

        var after = Batches(log)[0];
        Assert.Equal((before.AppendedAt, before.SchemaId, before.LastOffset), (after.AppendedAt, after.SchemaId, after.LastOffset));
        Assert.Equal((1, 42L, 42L), (after.Count, after.MinTimestamp, after.MaxTimestamp));
        var partition = LogContent.Of(log.Log).Partition(CleaningLog.Topic, 0);
        Assert.Equal(new ModelRecord("k", "v", 42, " h1:x h2:y") { Offset = 1 }, partition.Records[0]);
    }

    [Fact]
    public void A_fixed_batch_stays_fixed()
    {
        using var log = new CleaningLog(Compacted);
        AppendFixed(log, 1, 2, 3, 2);
        AppendFixed(log, 3, 4);
        log.Roll();
        log.Append("end=1");

        log.Clean();

        var batches = Batches(log);
        Assert.True(batches[0].IsFixed);
        Assert.Equal([1, 2], Values(batches[0])); // the second 2; 3 is newer in the next batch
        Assert.Equal([0L, 3L], Enumerable.Range(0, 2).Select(batches[0].OffsetAt));
        Assert.Equal([100L, 103L], batches[0].Timestamps.ToArray());
        Assert.Equal([3, 4], Values(batches[1]));
    }

    [Fact]
    public void The_segment_that_is_appended_to_is_never_touched()
    {
        using var log = new CleaningLog(Compacted, o => o with { SegmentBytes = 1 << 20 });
        log.Append("a=1", "a=2", "a=3");

        log.Clean();

        Assert.Equal(["0:a=1", "1:a=2", "2:a=3"], log.Read());
    }

    [Fact]
    public void A_segment_that_was_ended_by_its_age_is_compacted_and_not_appended_to_again()
    {
        using var log = new CleaningLog(Compacted with { SegmentAge = Day });
        log.Append("a=1", "a=2");
        log.Time.Advance(Day);
        log.Clean();
        Assert.Equal(["1:a=2"], log.Read());

        log.Append("a=3");
        log.Reopen();
        log.Append("b=1");

        Assert.Equal(["1:a=2", "2:a=3", "3:b=1"], log.Read());
        Assert.Equal(2, log.Described.Segments);
    }

    [Fact]
    public void A_compacted_segment_at_the_end_is_ended_also_after_opening_and_costs_no_commit()
    {
        using var log = new CleaningLog(Compacted with { SegmentAge = Day, TombstoneRetention = Day, MinDirtyRatio = 0 });
        log.Append("b=1");
        log.Append("a");
        log.Append("c=1");
        log.Time.Advance(Day);
        log.Clean();
        log.Reopen();
        log.Time.Advance(Day);
        long version = log.Log.CommitVersion;
        log.Clean();
        Assert.Equal(version + 1, log.Log.CommitVersion); // the tombstone goes
        Assert.Equal(["0:b=1", "2:c=1"], log.Read());

        log.Reopen();
        log.Time.Advance(Day);
        version = log.Log.CommitVersion;
        log.Clean();

        Assert.Equal(version, log.Log.CommitVersion);
    }

    [Fact]
    public void A_tombstone_removes_its_key_and_stays_for_its_time_after_compaction_has_met_it()
    {
        using var log = new CleaningLog(Compacted with { TombstoneRetention = Day });
        log.Append("a=1", "b=1");
        log.Append("a");
        log.Roll();
        log.Append("end=1");
        log.Time.Advance(10 * Day);
        log.Clean();
        Assert.Equal(["1:b=1", "2:a", "3:roll=…", "4:end=1"], log.Read());

        log.Time.Advance(Day - TimeSpan.FromMilliseconds(1));
        log.Reopen();
        log.Clean();
        Assert.Contains("2:a", log.Read());

        log.Time.Advance(TimeSpan.FromMilliseconds(1));
        log.Clean();
        Assert.Equal(["1:b=1", "3:roll=…", "4:end=1"], log.Read());
    }

    [Fact]
    public void The_last_record_of_a_partition_stays_so_that_its_end_can_be_read()
    {
        using var log = new CleaningLog(Compacted with { SegmentAge = Day, TombstoneRetention = Day, MinDirtyRatio = 0 });
        log.Append("a=1");
        log.Append("a");
        for (int i = 0; i < 3; i++)
        {
            log.Time.Advance(Day);
            log.Clean();
        }

        Assert.Equal(["1:a"], log.Read());

        log.Append("b=1");
        for (int i = 0; i < 3; i++)
        {
            log.Time.Advance(Day);
            log.Clean();
        }

        Assert.Equal(["2:b=1"], log.Read());
    }

    [Fact]
    public void Compacting_often_does_not_keep_a_tombstone_longer()
    {
        using var log = new CleaningLog(Compacted with { TombstoneRetention = Day, MinDirtyRatio = 0 });
        log.Append("a=1");
        log.Append("a");
        for (int i = 0; i < 5; i++)
        {
            log.Roll();
            log.Append($"b={i}");
            log.Clean();
            Assert.Contains("1:a", log.Read());
            log.Time.Advance(Day / 5);
        }

        log.Clean();

        Assert.DoesNotContain("1:a", log.Read());
    }

    [Fact]
    public void A_record_stays_for_the_compaction_lag()
    {
        using var log = new CleaningLog(Compacted with { MinCompactionLag = Day });
        log.Append("a=1", "a=2");
        log.Roll();
        log.Append("a=3");
        log.Time.Advance(Day - TimeSpan.FromMilliseconds(1));
        log.Clean();
        Assert.Contains("0:a=1", log.Read());

        log.Time.Advance(TimeSpan.FromMilliseconds(1));
        log.Clean();

        Assert.Equal(["1:a=2", "2:roll=…", "3:a=3"], log.Read());
    }

    [Fact]
    public void Compaction_waits_for_its_share_of_dirty_bytes()
    {
        using var log = new CleaningLog(Compacted with { MinDirtyRatio = 0.5 });
        for (int i = 0; i < 4; i++)
            log.Roll($"clean{i}");
        log.Append("a=0");
        log.Clean();

        log.Append("a=1", "a=2");
        log.Roll("clean0");
        log.Append("end=1");
        log.Clean();
        Assert.Contains("5:a=1", log.Read());

        for (int i = 1; i < 4; i++)
            log.Roll($"clean{i}");
        log.Append("end=2");
        log.Clean();
        Assert.DoesNotContain("5:a=1", log.Read());
    }

    [Fact]
    public void Keys_that_do_not_fit_into_memory_take_more_passes()
    {
        using var log = new CleaningLog(Compacted, o => o with { CompactionMemoryBytes = 4 << 10 });
        var expected = new Dictionary<string, string>();
        for (int i = 0; i < 400; i++)
        {
            string[] records = [.. Enumerable.Range(0, 5).Select(j => $"k{(i * 7 + j) % 1_000}={i}")];
            log.Append(records);
            for (int j = 0; j < 5; j++)
                expected[$"k{(i * 7 + j) % 1_000}"] = $"{(i * 5) + j}:{records[j]}";
        }

        log.Roll();
        log.Append("end=1");

        log.Clean();

        Assert.Equal(expected.Values.OrderBy(r => long.Parse(r.Split(':')[0])), log.Read().SkipLast(2));
    }

    [Fact]
    public void Small_segments_become_one()
    {
        using var log = new CleaningLog(Compacted, o => o with { SegmentBytes = 4096 });
        for (int i = 0; i < 60; i++)
            log.Append(new ModelRecord($"k{i % 4}", new string('x', 200)));
        int before = log.Described.Segments;

        log.Clean();
        log.Append("end=1");

        Assert.True(before >= 5, $"{before} segments");
        Assert.InRange(log.Described.Segments, 2, 3);
        log.Reopen();
        Assert.Equal(61, log.Described.NextOffset);
    }

    [Fact]
    public void Records_without_key_are_refused_and_those_of_a_topic_that_is_compacted_later_go()
    {
        using var log = new CleaningLog(new TopicSettings());
        log.Append(new ModelRecord(null, "1"), new ModelRecord("a", "1"));
        log.Log.AlterTopic(CleaningLog.Topic, Compacted);
        log.Roll();
        log.Append("end=1");

        Assert.Throws<InvalidRecordException>(() => log.Append(new ModelRecord("b", "1"), new ModelRecord(null, "2")));
        log.Clean();

        Assert.Equal(["1:a=1", "2:roll=…", "3:end=1"], log.Read());
    }

    [Fact]
    public void A_reader_that_is_in_the_middle_goes_on()
    {
        using var log = new CleaningLog(Compacted);
        for (int i = 0; i < 10; i++)
            log.Append($"k{i % 3}={i}");
        log.Roll();
        log.Append("end=1");
        using var reader = log.Log.OpenReader(CleaningLog.Topic, 0, 0);
        Assert.True(reader.TryRead(out _));

        log.Clean();

        var read = new List<string>();
        while (reader.TryRead(out var batch))
        {
            for (int i = batch.FirstIndex; i < batch.Count; i++)
                read.Add(CleaningLog.Text(batch[i]));
        }

        Assert.Equal(log.Read(), read.TakeLast(log.Read().Count));
        Assert.Equal(log.Described.NextOffset, reader.Position);
    }

    [Fact]
    public void A_consumer_counts_offsets_and_not_records()
    {
        using var log = new CleaningLog(Compacted);
        for (int i = 0; i < 6; i++)
            log.Append($"a={i}", $"b={i}");
        log.Roll();
        log.Append("end=1");
        log.Clean();
        using var consumer = log.Log.CreateConsumer(new ConsumerOptions { Group = "g", AutoOffsetReset = AutoOffsetReset.Earliest });
        consumer.Assign(new TopicPartition(CleaningLog.Topic, 0));

        var offsets = new List<long>();
        while (consumer.TryConsume(out var record))
        {
            offsets.Add(record.Offset);
            Assert.InRange(consumer.Position(new TopicPartition(CleaningLog.Topic, 0)), record.Offset + 1, log.Described.NextOffset);
        }

        Assert.Equal([10L, 11L, 12L, 13L], offsets);
        Assert.Equal(log.Described.NextOffset, consumer.Position(new TopicPartition(CleaningLog.Topic, 0)));
    }

    [Fact]
    public void Retention_that_overtakes_compaction_is_no_failure()
    {
        using var log = new CleaningLog(Compacted);
        for (int i = 0; i < 10; i++)
            log.Append($"k{i % 3}={i}");
        log.Roll();
        log.Append("end=1");
        log.Disk.DuringSync = path =>
        {
            if (!path.EndsWith(".1.segment", StringComparison.Ordinal))
                return;
            log.Disk.DuringSync = _ => { };
            log.Log.DeleteRecordsBefore(CleaningLog.Topic, 0, log.Described.NextOffset); // while the new segment is made durable
        };

        log.Clean();

        Assert.Empty(log.Read());
        log.Append("a=1");
        log.Reopen();
        Assert.Equal(["12:a=1"], log.Read());
    }

    private static List<RecordBatch> Batches(CleaningLog log)
    {
        var batches = new List<RecordBatch>();
        for (long offset = 0; offset < log.Described.NextOffset;)
        {
            using var reader = log.Log.OpenReader(CleaningLog.Topic, 0, offset);
            Assert.True(reader.TryRead(out var batch));
            byte[] copy = batch.Bytes.ToArray(); // the reader takes its buffer back
            batches.Add(new RecordBatch(copy, 0, copy.Length, CleaningLog.Topic, 0, batch.FirstIndex));
            offset = reader.Position;
        }

        return batches;
    }

    private static void AppendFixed(CleaningLog log, params int[] values)
    {
        var batch = new BatchBuilder();
        batch.StartFixed(0, new RecordLayout(4, -1, LogTimeUnit.Milliseconds, new KeyPart(0, 4, BigEndian: true)));
        var room = batch.AddFixed([.. values.Select((_, i) => 100L + i)]);
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(room[(i * 4)..], values[i]);
        using var transaction = log.Log.BeginTransaction();
        transaction.Append(CleaningLog.Topic, 0, batch);
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }

    private static int[] Values(RecordBatch batch) =>
        [.. Enumerable.Range(0, batch.Count).Select(i => BinaryPrimitives.ReadInt32LittleEndian(batch[i].Value))];
}
