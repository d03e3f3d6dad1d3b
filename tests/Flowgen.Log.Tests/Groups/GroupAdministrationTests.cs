using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Groups;

public sealed class GroupAdministrationTests : IDisposable
{
    private readonly SimulatedFileSystem _disk = new();
    private FlowLog _log;

    public GroupAdministrationTests()
    {
        _log = Open();
        _log.CreateTopic("t", new TopicSettings(Partitions: 2));
        _log.CreateTopic("__app.count.changelog", new TopicSettings());
        for (int i = 0; i < 10; i++)
            _log.Append("t", 0, $"a{i}");
        _log.Append("t", 1, "b0");
        _log.CommitOffset("g", "t", 0, 4, "half");
        _log.CommitOffset("g", "t", 1, 1, "");
        _log.CommitOffset("g", "__app.count.changelog", 0, 0, "");
    }

    public void Dispose() => _log.Dispose();

    [Fact]
    public void A_group_is_described_with_members_offsets_metadata_and_lag()
    {
        using var consumer = _log.CreateConsumer(new ConsumerOptions { Group = "g", ClientId = "reader" });
        consumer.Subscribe("t");

        var group = _log.DescribeGroup("g");

        Assert.Equal(GroupState.Stable, group.State);
        Assert.Equal(6, group.Lag);
        var member = Assert.Single(group.Members);
        Assert.Equal(("reader-1", "t"), (member.Id, Assert.Single(member.Topics)));
        Assert.Equal([new TopicPartition("t", 0), new TopicPartition("t", 1)], member.Assignment);
        var first = group.Partitions.Single(p => p.Partition == new TopicPartition("t", 0));
        Assert.Equal((new CommittedOffset(4, "half"), 0L, 10L, 6L, "reader-1"), (first.Committed!.Value, first.FirstOffset, first.EndOffset, first.Lag!.Value, first.Owner));
    }

    [Fact]
    public void A_group_shows_that_members_have_still_to_release_partitions()
    {
        using var one = Subscribed("g");
        using var two = Subscribed("g");
        Assert.Equal(GroupState.PreparingRebalance, _log.DescribeGroup("g").State);
        one.TryConsume(out _);
        two.TryConsume(out _);
        Assert.Equal(GroupState.Stable, _log.DescribeGroup("g").State);
    }

    [Fact]
    public void A_group_with_members_but_without_offsets_is_listed()
    {
        using var consumer = Subscribed("new");
        Assert.Equal(["g", "new"], _log.ListGroups());
        Assert.All(_log.DescribeGroup("new").Partitions, p => Assert.Null(p.Lag));
        Assert.Throws<UnknownGroupException>(() => _log.DescribeGroup("nix"));
    }

    [Fact]
    public void Offsets_are_reset_to_the_beginning_the_end_an_offset_a_time_and_by_a_number_of_records()
    {
        Assert.Equal([(0, 4L, 0L), (1, 1L, 0L)], Reset(OffsetSpec.Earliest));
        Assert.Equal([(0, 0L, 10L), (1, 0L, 1L)], Reset(OffsetSpec.Latest));
        Assert.Equal([(0, 10L, 7L), (1, 1L, 0L)], Reset(OffsetSpec.ShiftBy(-3)));
        Assert.Equal([(0, 7L, 8L), (1, 0L, 1L)], Reset(OffsetSpec.ShiftBy(1)));
        Assert.Equal([(0, 8L, 5L), (1, 1L, 1L)], Reset(OffsetSpec.ForOffset(5)));
        Assert.Equal([(0, 5L, 0L), (1, 1L, 0L)], Reset(OffsetSpec.ForTimestamp(DateTimeOffset.FromUnixTimeMilliseconds(1_000))));
        Assert.Equal([(0, 0L, 10L), (1, 0L, 1L)], Reset(OffsetSpec.ForTimestamp(DateTimeOffset.FromUnixTimeMilliseconds(1_001))));
        Assert.Equal([(0, 10L, 10L), (1, 1L, 1L)], Reset(OffsetSpec.ShiftBy(long.MaxValue)));
        Assert.Equal(new CommittedOffset(10, ""), _log.GetCommitted("g", "t", 0));
        Assert.Equal(0, _log.GetCommitted("g", "__app.count.changelog", 0)?.Offset);
    }

    [Fact]
    public void A_dry_run_says_what_would_happen_and_chosen_partitions_need_not_be_committed()
    {
        var resets = _log.ResetGroupOffsets("g", OffsetSpec.Latest, dryRun: true);
        Assert.Equal(2, resets.Count);
        Assert.Equal(new CommittedOffset(4, "half"), _log.GetCommitted("g", "t", 0));

        Assert.Equal([new GroupOffsetReset(new TopicPartition("t", 1), null, 1)], _log.ResetGroupOffsets("other", OffsetSpec.Latest, [new TopicPartition("t", 1)]));
        Assert.Equal(["g", "other"], _log.ListGroups());
        Assert.Empty(_log.ResetGroupOffsets("third", OffsetSpec.ShiftBy(-1), [new TopicPartition("t", 1)]));
        Assert.Throws<UnknownGroupException>(() => _log.ResetGroupOffsets("fourth", OffsetSpec.Latest));
    }

    [Fact]
    public void Nothing_is_reset_altered_or_deleted_while_members_are_active()
    {
        using (Subscribed("g"))
        {
            var refused = Assert.Throws<GroupNotEmptyException>(() => _log.ResetGroupOffsets("g", OffsetSpec.Earliest));
            Assert.Contains("consumer-1", refused.Message, StringComparison.Ordinal);
            Assert.Throws<GroupNotEmptyException>(() => _log.ResetGroupOffsets("g", OffsetSpec.Earliest, dryRun: true));
            Assert.Throws<GroupNotEmptyException>(() => _log.AlterGroupOffsets("g", new TopicPartitionOffset(new TopicPartition("t", 0), 1)));
            Assert.Throws<GroupNotEmptyException>(() => _log.DeleteGroup("g"));
            Assert.Throws<GroupNotEmptyException>(() => _log.DeleteGroupOffsets("g", new TopicPartition("t", 0)));
        }

        Assert.Equal(4, _log.GetCommitted("g", "t", 0)?.Offset);
        _log.AlterGroupOffsets("g", new TopicPartitionOffset(new TopicPartition("t", 0), 1, "by hand"));
        Assert.Equal(new CommittedOffset(1, "by hand"), _log.GetCommitted("g", "t", 0));
    }

    [Fact]
    public void Deleted_groups_and_offsets_are_gone_after_reopening_too()
    {
        _log.CommitOffset("h", "t", 0, 1, "");
        _log.CommitOffset("i", "t", 0, 1, "");
        _log.DeleteGroupOffsets("g", new TopicPartition("t", 0), new TopicPartition("__app.count.changelog", 0));
        _log.DeleteGroup("h");
        _log.DeleteGroupOffsets("i", new TopicPartition("t", 0)); // its last one
        Assert.Throws<UnknownGroupException>(() => _log.DeleteGroup("h"));
        Assert.Throws<UnknownGroupException>(() => _log.DeleteGroupOffsets("i", new TopicPartition("t", 0)));

        Check();
        _log.Dispose();
        _log = Open();
        Check();

        void Check()
        {
            Assert.Equal(["g"], _log.ListGroups());
            Assert.Equal([new GroupOffset("t", 1, new CommittedOffset(1, ""))], _log.ListGroupOffsets("g"));
        }
    }

    private FlowLog Open() => FlowLog.Open("/log", null, _disk, CommitMode.Inline);

    private Consumer Subscribed(string group)
    {
        var consumer = _log.CreateConsumer(new ConsumerOptions { Group = group });
        consumer.Subscribe("t");
        return consumer;
    }

    private List<(int Partition, long From, long To)> Reset(OffsetSpec to) =>
        [.. _log.ResetGroupOffsets("g", to).Select(r => (r.Partition.Partition, r.From!.Value, r.To))];
}
