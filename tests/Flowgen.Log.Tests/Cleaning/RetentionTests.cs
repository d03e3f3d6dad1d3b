using Flowgen.Log.Storage;
using Flowgen.Log.Tests.Simulation;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Cleaning;

public class RetentionTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Segments_go_when_all_of_their_records_are_older_than_the_retention()
    {
        using var log = new CleaningLog(new TopicSettings(Retention: Day));
        log.Append("a=1");
        log.Roll();
        log.Time.Advance(Day / 2);
        log.Append("b=2");
        log.Roll();
        log.Append("c=3");
        log.Time.Advance(Day / 2);
        log.Clean();
        Assert.Equal(0, log.Described.FirstOffset);

        log.Time.Advance(TimeSpan.FromMilliseconds(1));
        log.Clean();

        Assert.Equal(["2:b=2", "3:roll=…", "4:c=3"], log.Read());
        Assert.Throws<OffsetOutOfRangeException>(() => log.Log.OpenReader(CleaningLog.Topic, 0, 1));
    }

    [Fact]
    public void The_time_of_the_records_counts_and_not_that_of_the_append()
    {
        using var log = new CleaningLog(new TopicSettings(Retention: Day));
        log.Append(new ModelRecord("old", "1", log.Now - 100_000_000), new ModelRecord("new", "1", log.Now));
        log.Roll("old");
        log.Append(new ModelRecord("future", "1", log.Now + 1_000_000_000));
        log.Roll("future");
        log.Append("new=1");

        log.Clean();
        Assert.Equal(0, log.Described.FirstOffset); // the second record of the first segment is new

        log.Time.Advance(2 * Day);
        log.Clean();

        Assert.Equal(3, log.Described.FirstOffset); // what is behind a record of the future stays
    }

    [Fact]
    public void When_everything_is_old_the_segment_that_is_appended_to_goes_too_and_offsets_go_on()
    {
        using var log = new CleaningLog(new TopicSettings(Retention: Day));
        log.Append("a=1", "b=2");
        log.Roll();
        log.Append("c=3");
        log.Time.Advance(2 * Day);

        log.Clean();

        Assert.Equal(new PartitionDescription(4, 4, 0, 0), log.Described);
        log.Reopen();
        Assert.Equal(new PartitionDescription(4, 4, 0, 0), log.Described);
        log.Append("d=4");
        Assert.Equal(["4:d=4"], log.Read());
        log.Reopen();
        Assert.Equal(["4:d=4"], log.Read());
    }

    [Fact]
    public void The_oldest_segments_go_when_the_partition_holds_its_size_without_them()
    {
        using var log = new CleaningLog(new TopicSettings { RetentionBytes = 3_000 });
        for (int i = 0; i < 10; i++)
            log.Roll($"k{i}");

        log.Clean();

        Assert.InRange(log.Described.SizeInBytes, 3_000, 3_000 + 1_300);
        Assert.Equal(10, log.Described.NextOffset);
        Assert.Equal("9:k9=…", log.Read()[^1]);
    }

    [Fact]
    public void Nothing_goes_by_age_or_size_where_only_compaction_is_asked_for()
    {
        using var log = new CleaningLog(new TopicSettings(Cleanup: TopicCleanup.Compact, Retention: Day) { RetentionBytes = 1 });
        log.Append("a=1");
        log.Roll();
        log.Time.Advance(10 * Day);

        log.Clean();

        Assert.Equal(["0:a=1", "1:roll=…"], log.Read());
    }

    [Fact]
    public void Both_cleanups_work_together()
    {
        using var log = new CleaningLog(new TopicSettings(Cleanup: TopicCleanup.CompactAndDelete, Retention: Day));
        log.Append("a=1", "b=1");
        log.Roll();
        log.Time.Advance(Day * 0.8);
        log.Append("b=2", "c=1");
        log.Roll();
        log.Append("c=2");

        log.Clean();
        Assert.Equal(["0:a=1", "3:b=2", "4:c=1", "5:roll=…", "6:c=2"], log.Read());
        log.Time.Advance(Day * 0.8);
        log.Roll("young");
        log.Clean();

        Assert.DoesNotContain("0:a=1", log.Read());
        Assert.Contains(log.Read(), r => r.EndsWith("young=…", StringComparison.Ordinal));
    }

    [Fact]
    public void Altered_settings_take_effect_with_the_next_run()
    {
        using var log = new CleaningLog(new TopicSettings());
        log.Roll();
        log.Append("a=1");
        log.Time.Advance(2 * Day);
        log.Clean();
        Assert.Equal(0, log.Described.FirstOffset);

        log.Log.AlterTopic(CleaningLog.Topic, new TopicSettings(Retention: Day));
        log.Clean();

        Assert.Equal(2, log.Described.FirstOffset);
    }

    [Fact]
    public void A_segment_ends_when_it_has_reached_its_age()
    {
        using var log = new CleaningLog(new TopicSettings { SegmentAge = Day });
        log.Append("a=1");
        log.Time.Advance(Day - TimeSpan.FromMilliseconds(1));
        log.Reopen();
        log.Append("b=1");
        Assert.Equal(1, log.Described.Segments);

        log.Time.Advance(TimeSpan.FromMilliseconds(1));
        log.Append("c=1");

        Assert.Equal(2, log.Described.Segments);
        Assert.Equal(["0:a=1", "1:b=1", "2:c=1"], log.Read());
    }

    [Fact]
    public async Task An_append_waits_neither_for_the_deletion_of_files_nor_for_who_reads_an_index()
    {
        using var directory = new TemporaryDirectory();
        using var log = FlowLog.Open(directory.Path, new FlowLogOptions { SegmentBytes = 1024 });
        log.CreateTopic("t", new TopicSettings());
        for (int i = 0; i < 5; i++)
            log.Append("t", 0, new string('x', 900));
        var first = log.State.GetPartition("t", 0).Segments[0];
        using var isReading = new SemaphoreSlim(0);
        using var mayEnd = new SemaphoreSlim(0);
        var reading = Task.Run(() => HoldIndex(first, isReading, mayEnd));
        await isReading.WaitAsync();
        var deleting = Task.Run(() => log.DeleteRecordsBefore("t", 0, 3));
        while (log.DescribePartition("t", 0).FirstOffset != 3)
            await Task.Yield();

        await Task.Run(() => log.Append("t", 0, "meanwhile")).WaitAsync(Patience);

        Assert.True(File.Exists(first.Path));
        mayEnd.Release();
        await reading;
        await deleting.WaitAsync(Patience);
        Assert.False(File.Exists(first.Path));
    }

    private static void HoldIndex(Segment segment, SemaphoreSlim isHeld, SemaphoreSlim mayEnd)
    {
        using var scope = segment.IndexGate.EnterScope();
        isHeld.Release();
        mayEnd.Wait();
    }

    [Fact]
    public void A_segment_that_cannot_be_deleted_is_reported_and_deleted_later()
    {
        using var log = new CleaningLog(new TopicSettings());
        for (int i = 0; i < 4; i++)
            log.Roll();
        log.Disk.BeforeChange = (operation, path) =>
        {
            if (operation == DiskOperation.Delete && path.EndsWith(".segment", StringComparison.Ordinal))
                log.Disk.FailAt = log.Disk.Operations;
        };

        log.Log.DeleteRecordsBefore(CleaningLog.Topic, 0, 2);

        Assert.All(log.Log.HousekeepingFailures, f => Assert.Equal("deletion of segments", f.Job));
        Assert.Equal(2, log.Log.HousekeepingFailures.Count);
        log.Append("a=1");
        log.Disk.BeforeChange = (_, _) => { };
        log.Clean();
        Assert.Equal(3, log.Disk.List("/log/topics/t/0").Count(e => e.Name.EndsWith(".segment", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_disk_that_fails_is_reported_and_tried_again()
    {
        using var log = new CleaningLog(new TopicSettings());
        log.Append("a=1");
        log.Append("a=2");
        log.Roll();
        log.Append("a=3");
        log.Clean();
        log.Log.AlterTopic(CleaningLog.Topic, new TopicSettings(Cleanup: TopicCleanup.Compact));
        log.Disk.FailAt = log.Disk.Operations; // the new segment cannot be created

        log.Log.Housekeeper.RunOnce();

        var failure = Assert.Single(log.Log.HousekeepingFailures);
        Assert.Equal(("compaction", "t-0", 1), (failure.Job, failure.Where, failure.Times));
        Assert.Equal(["0:a=1", "1:a=2", "2:roll=…", "3:a=3"], log.Read());

        log.Clean();

        Assert.Equal(["1:a=2", "2:roll=…", "3:a=3"], log.Read());
        log.Reopen();
        Assert.Equal(["1:a=2", "2:roll=…", "3:a=3"], log.Read());
    }
}
