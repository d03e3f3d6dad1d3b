using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Groups;

/// <summary>A group whose members come, go, fall silent, read and commit as a list of bytes says, and what they have read.</summary>
internal sealed class GroupWorld : IDisposable
{
    private const string Group = "g";
    private const int MostMembers = 6;
    private static readonly string[] Topics = ["a", "b"];

    private readonly ManualTime _time = new();
    private readonly FlowLog _log;
    private readonly List<Consumer> _members = [];
    private readonly HashSet<Consumer> _silent = [];
    private readonly Dictionary<TopicPartition, long> _appended = [];
    private readonly Dictionary<TopicPartition, long> _next = [];

    public GroupWorld()
    {
        _log = FlowLog.Open("/log", new FlowLogOptions { TimeProvider = _time }, new SimulatedFileSystem(), CommitMode.Inline);
        _log.CreateTopic("a", new TopicSettings(Partitions: 3));
        _log.CreateTopic("b", new TopicSettings(Partitions: 2));
    }

    /// <summary>Whether members may stop to poll for so long that the group goes on without them.</summary>
    public bool MayFallSilent { get; init; }

    public void Dispose() => _log.Dispose();

    public void Step(byte what)
    {
        int which = what / 8;
        switch (what % 8)
        {
            case 0:
                Join();
                break;
            case 1 when _members.Count > 0:
                Leave(which % _members.Count);
                break;
            case 2:
                Grow(Topics[which % Topics.Length]);
                break;
            case 3 or 4:
                Append(which);
                break;
            case 5 when MayFallSilent && _members.Count > 0:
                FallSilent(which % _members.Count);
                break;
            default:
                if (_members.Count > 0)
                    Read(_members[which % _members.Count], records: which % 5, commits: which % 3 == 0);
                break;
        }

        AssertNoPartitionHasTwoOwners();
    }

    /// <summary>Everybody polls until nobody has anything to give back or to take: then all partitions are shared evenly.</summary>
    public void Settle()
    {
        if (_members.Count == 0)
            Join();
        for (int i = 0; i < 3; i++)
            _members.ForEach(m => Read(m, records: 0, commits: false));
        Assert.Equal(GroupState.Stable, _log.DescribeGroup(Group).State);
        int[] shares = [.. _members.Select(m => m.Assignment.Count)];
        Assert.InRange(shares.Max() - shares.Min(), 0, 1);
        Assert.Equal(Topics.Sum(t => _log.DescribeTopic(t).Partitions), shares.Sum());
    }

    /// <summary>Reads what is left; afterwards each record has been read.</summary>
    public void ReadToEnd()
    {
        Settle();
        foreach (var member in _members)
            Read(member, records: int.MaxValue, commits: true);
        foreach (var (partition, end) in _appended)
            Assert.Equal(end, _next.GetValueOrDefault(partition));
    }

    private void Join()
    {
        if (_members.Count == MostMembers)
            return;
        var member = _log.CreateConsumer(new ConsumerOptions
        {
            Group = Group,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            PartitionsRevoked = (consumer, _) => consumer.Commit(),
        });
        member.Subscribe(Topics);
        _members.Add(member);
    }

    private void Leave(int index)
    {
        _members[index].Dispose();
        _members.RemoveAt(index);
    }

    private void Grow(string topic)
    {
        var settings = _log.DescribeTopic(topic).Settings;
        if (settings.Partitions < 8)
            _log.AlterTopic(topic, settings with { Partitions = settings.Partitions + 1 });
    }

    private void Append(int which)
    {
        string topic = Topics[which % Topics.Length];
        var partition = new TopicPartition(topic, which % _log.DescribeTopic(topic).Partitions);
        _log.Append(topic, partition.Partition, "1", "2", "3");
        _appended[partition] = _appended.GetValueOrDefault(partition) + 3;
    }

    // The others poll in time; the silent one cannot commit any more, and its uncommitted records come again.
    private void FallSilent(int index)
    {
        var silent = _members[index];
        IReadOnlyList<TopicPartition> lost = _silent.Add(silent) ? silent.Assignment : []; // it has lost them already
        foreach (var partition in lost)
            _next[partition] = Committed(partition);
        for (int i = 0; i < 4; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(3));
            foreach (var member in _members.Where(m => m != silent))
                Read(member, records: 0, commits: false);
        }

        if (lost.Count > 0)
            Assert.Throws<CommitFailedException>(() => silent.Commit([.. lost.Select(p => new TopicPartitionOffset(p, 0))]));
    }

    // Without records it only polls: what it has already is paused.
    private void Read(Consumer member, int records, bool commits)
    {
        _silent.Remove(member);
        if (records == 0)
        {
            member.Pause(member.Assignment);
            Take(member);
            member.Resume(member.Assignment);
        }

        while (records-- > 0 && Take(member))
            continue;
        if (commits)
            member.Commit();
    }

    private bool Take(Consumer member)
    {
        if (!member.TryConsume(out var record))
            return false;
        var partition = new TopicPartition(record.Topic, record.Partition);
        Assert.Equal(_next.GetValueOrDefault(partition), record.Offset); // neither twice nor skipped
        _next[partition] = record.Offset + 1;
        return true;
    }

    private long Committed(TopicPartition partition) => _log.GetCommitted(Group, partition.Topic, partition.Partition)?.Offset ?? 0;

    private void AssertNoPartitionHasTwoOwners()
    {
        var active = _log.ListGroups().Contains(Group) ? _log.DescribeGroup(Group).Members : [];
        var owned = active.SelectMany(m => m.Assignment).ToList();
        Assert.Equal(owned.Distinct().Count(), owned.Count);
    }
}
