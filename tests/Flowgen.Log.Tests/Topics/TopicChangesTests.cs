using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Cleaning;
using Flowgen.Log.Tests.Simulation;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Topics;

public sealed class TopicChangesTests : IDisposable
{
    private readonly SimulatedFileSystem _disk = new();
    private FlowLog _log;

    public TopicChangesTests()
    {
        _log = Scenario.Open(_disk);
        _log.CreateTopic("t", new TopicSettings(2));
    }

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Settings_are_altered_and_partitions_are_added()
    {
        _log.Append("t", 1, "a");
        var settings = new TopicSettings(5, TopicCleanup.CompactAndDelete, TimeSpan.FromDays(3))
        {
            RetentionBytes = 1 << 30,
            SegmentBytes = 1 << 20,
            SegmentAge = TimeSpan.FromHours(1),
            MaxRecordBytes = 1000,
            MinCompactionLag = TimeSpan.FromMinutes(1),
            MinDirtyRatio = 0.1,
            TombstoneRetention = TimeSpan.FromHours(2),
            TimestampType = TimestampType.LogAppendTime,
            Compression = TopicCompression.Zstd,
        };

        var altered = _log.AlterTopic("t", settings);

        Assert.Equal(settings, altered.Settings);
        Reopen();
        Assert.Equal(settings, _log.DescribeTopic("t").Settings);
        Assert.Equal(["a"], _log.ReadAll("t", 1));
        AppendKeyed(4, "b");
        Reopen();
        Assert.Equal(["b"], _log.ReadAll("t", 4));
    }

    [Fact]
    public void There_are_never_fewer_partitions()
    {
        Assert.Throws<ArgumentException>(() => _log.AlterTopic("t", new TopicSettings(1)));
        Assert.Throws<UnknownTopicException>(() => _log.AlterTopic("x", new TopicSettings(1)));
        Assert.Equal(2, _log.DescribeTopic("t").Partitions);
    }

    [Fact]
    public void The_largest_record_of_a_topic_is_its_own_setting()
    {
        _log.AlterTopic("t", new TopicSettings(2) { MaxRecordBytes = 10 });

        Assert.Throws<RecordTooLargeException>(() => _log.Append("t", 0, new string('x', 11)));
        _log.Append("t", 0, new string('x', 10));
    }

    [Fact]
    public void A_topic_can_say_that_the_time_of_a_record_is_that_of_the_append()
    {
        using var log = new CleaningLog(new TopicSettings { TimestampType = TimestampType.LogAppendTime });
        log.Append(new ModelRecord("a", "1", Timestamp: 5), new ModelRecord("b", "1", Timestamp: 7));
        log.Time.Advance(TimeSpan.FromSeconds(1));
        log.Append(new ModelRecord("a", "2", Timestamp: 3));

        var records = LogContent.Of(log.Log).Partition(CleaningLog.Topic, 0).Records;

        Assert.Equal([log.Now - 1_000, log.Now - 1_000, log.Now], records.Select(r => r.Timestamp));
        Assert.Equal(2, log.Log.FindOffset(CleaningLog.Topic, 0, log.Now));
    }

    [Fact]
    public void A_deleted_topic_is_gone_with_its_records_schemas_offsets_and_files()
    {
        _log.Append("t", 0, "a");
        _log.RegisterSchema("t", [1]);
        _log.CommitOffset("g", "t", 0, 1, "");

        _log.DeleteTopic("t");

        AssertGone();
        Assert.Empty(_disk.List("/log/topics"));
        Reopen();
        AssertGone();
    }

    [Fact]
    public void A_topic_of_the_same_name_is_another_one()
    {
        _log.Append("t", 0, "a");
        _log.RegisterSchema("t", [1]);
        using var old = _log.OpenReader("t", 0, 0);
        _log.DeleteTopic("t");
        Reopen(); // the id is not given again, even if nothing but the checkpoint remembers it

        _log.CreateTopic("t", new TopicSettings());
        _log.Append("t", 0, "b");

        Assert.Equal(["b"], _log.ReadAll("t", 0));
        Assert.Empty(_log.SchemaIds("t"));
        Reopen();
        Assert.Equal(["b"], _log.ReadAll("t", 0));
    }

    [Fact]
    public void Who_is_in_the_middle_of_a_deleted_topic_is_told_so()
    {
        _log.CreateTopic("other", new TopicSettings());
        _log.Append("t", 0, "a");
        using var reader = _log.OpenReader("t", 0, 1);
        using var append = _log.BeginTransaction();
        append.Append("t", 0, LogTestExtensions.Batch("b"));
        append.Append("other", 0, LogTestExtensions.Batch("b"));
        using var offset = _log.BeginTransaction();
        offset.SetOffset("g", "t", 0, 1);

        _log.DeleteTopic("t");

        Assert.Throws<TopicDeletedException>(() => reader.TryRead(out _));
        Assert.Throws<TopicDeletedException>(() => append.CommitAsync().AsTask().GetAwaiter().GetResult());
        Assert.Throws<TopicDeletedException>(() => offset.CommitAsync().AsTask().GetAwaiter().GetResult());
        Assert.Empty(_log.ReadAll("other", 0)); // a transaction is committed with all of its topics or not at all
        _log.Append("other", 0, "c");
        Assert.Equal(["c"], _log.ReadAll("other", 0));
    }

    [Fact]
    public void A_transaction_that_was_submitted_before_the_deletion_is_committed()
    {
        _log.Pipeline.RunOnTheCallersThread(CommitMode.Manual);
        using var transaction = _log.BeginTransaction();
        transaction.Append("t", 0, LogTestExtensions.Batch("b"));
        var commit = transaction.CommitAsync().AsTask();

        _log.Pipeline.RunOnTheCallersThread(CommitMode.Inline);
        _log.DeleteTopic("t");

        Assert.True(commit.IsCompletedSuccessfully);
    }

    [Fact]
    public void Files_that_cannot_be_deleted_are_reported_and_deleted_later()
    {
        _log.Append("t", 0, "a");
        _disk.DuringSync = path =>
        {
            _disk.DuringSync = _ => { };
            _disk.FailAt = _disk.Operations + 2; // what follows the sync of the commit and the mark that says so
        };

        _log.DeleteTopic("t");

        Assert.Equal("deletion of topics", Assert.Single(_log.HousekeepingFailures).Job);
        _log.Housekeeper.RunOnce();
        Assert.Empty(_log.HousekeepingFailures);
        Assert.Empty(_disk.List("/log/topics"));
    }

    [Fact]
    public void What_is_left_of_a_deleted_topic_is_in_nobodys_way()
    {
        _log.Append("t", 0, "a");
        _disk.DuringSync = path =>
        {
            _disk.DuringSync = _ => { };
            _disk.FailAt = _disk.Operations + 2;
        };
        _log.DeleteTopic("t");

        _log.CreateTopic("t", new TopicSettings(2));
        _log.Append("t", 0, "b");

        Assert.Empty(_log.HousekeepingFailures);
        Reopen();
        Assert.Equal(["b"], _log.ReadAll("t", 0));
    }

    [Fact]
    public void A_topic_whose_files_cannot_be_deleted_does_not_keep_those_of_others()
    {
        _log.CreateTopic("u", new TopicSettings());
        _log.Append("t", 0, "a");
        _log.Append("u", 0, "a");
        var broken = new HashSet<string> { "t", "u" };
        _disk.BeforeChange = (_, path) =>
        {
            if (broken.Any(topic => path.StartsWith($"/log/topics/{topic}/", StringComparison.Ordinal)))
                _disk.FailAt = _disk.Operations;
        };
        _log.DeleteTopic("t");
        _log.DeleteTopic("u");
        Assert.Equal(["t", "u"], _log.HousekeepingFailures.Select(f => f.Where));

        broken.Remove("u");
        _log.Housekeeper.RunOnce();
        Assert.Equal("t", Assert.Single(_log.HousekeepingFailures).Where);
        Assert.DoesNotContain(_disk.List("/log/topics"), e => e.Name == "u");

        broken.Remove("t");
        _log.Housekeeper.RunOnce();
        Assert.Empty(_log.HousekeepingFailures);
        Assert.Empty(_disk.List("/log/topics"));
    }

    [Fact]
    public void A_log_never_has_more_topics_than_it_can_be_opened_with()
    {
        Reopen(Scenario.Options with { MaxTopics = 2 });
        _log.CreateTopic("u", new TopicSettings());

        var e = Assert.Throws<FlowLogException>(() => _log.CreateTopic("v", new TopicSettings()));

        Assert.Contains("at most 2 topics", e.Message, StringComparison.Ordinal);
        Assert.Throws<FlowLogException>(() => _log.EnsureTopic("v", new TopicSettings()));
        Reopen(Scenario.Options with { MaxTopics = 2 });
        _log.DeleteTopic("u");
        _log.CreateTopic("v", new TopicSettings());
    }

    [Fact]
    public void A_closed_log_touches_nothing_of_its_next_owner()
    {
        var former = _log;
        Reopen();
        _log.CreateTopic("new", new TopicSettings());
        _log.Append("new", 0, "a");
        int operations = _disk.Operations;

        Assert.Throws<ObjectDisposedException>(() => former.CreateTopic("new", new TopicSettings()));
        Assert.Throws<ObjectDisposedException>(() => former.EnsureTopic("new", new TopicSettings()));
        Assert.Throws<ObjectDisposedException>(() => former.AlterTopic("t", new TopicSettings(5)));
        Assert.Throws<ObjectDisposedException>(() => former.DeleteTopic("t"));
        Assert.Throws<ObjectDisposedException>(() => former.RegisterSchema("t", [1]));

        Assert.Equal(operations, _disk.Operations);
        Assert.Equal(["a"], _log.ReadAll("new", 0));
    }

    private void AssertGone()
    {
        Assert.Empty(_log.ListTopics());
        Assert.Empty(_log.ListGroups());
        Assert.Throws<UnknownTopicException>(() => _log.OpenReader("t", 0, 0));
    }

    private void AppendKeyed(int partition, string value)
    {
        using var transaction = _log.BeginTransaction();
        transaction.Append("t", partition, ScenarioBatch.Of(new ModelRecord("k", value)));
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }

    private void Reopen(FlowLogOptions? options = null)
    {
        _log.Dispose();
        _log = Scenario.Open(_disk, options);
    }
}
