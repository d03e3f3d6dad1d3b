namespace Flowgen.Log;

/// <summary>A consumer as its group knows it. Guarded by the gate of the <see cref="GroupCoordinator"/>, but for what it takes.</summary>
internal sealed class GroupMember(ConsumerGroup group, string id, IEnumerable<string> topics, TimeSpan maxPollInterval)
{
    private long _takes;

    public ConsumerGroup Group => group;

    /// <summary>Name and number, as people see it.</summary>
    public string Id => id;

    public HashSet<string> Topics { get; } = topics.ToHashSet(StringComparer.Ordinal);

    public TimeSpan MaxPollInterval => maxPollInterval;

    /// <summary>What it shall own as soon as the former owners have released it.</summary>
    public HashSet<GroupPartition> Target { get; set; } = [];

    /// <summary>What it owns: only it may read and commit these.</summary>
    public HashSet<GroupPartition> Owned { get; } = [];

    /// <summary>Timestamp of its last poll.</summary>
    public long PolledAt { get; set; }

    /// <summary>Whether it is inside a poll, waiting for records.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Whether the group has gone on without it.</summary>
    public bool IsEvicted { get; set; }

    /// <summary>Its last commit: what it releases belongs to nobody before that has ended.</summary>
    public Task LastCommit { get; set; } = Task.CompletedTask;

    private long SeenTakes { get; set; }

    /// <summary>Called for each record that it takes out of a batch it holds: a sign of life without a clock or a lock.</summary>
    public void Take() => Volatile.Write(ref _takes, _takes + 1);

    /// <summary>Whether it has taken records since this was asked last.</summary>
    public bool HasTaken()
    {
        long takes = Volatile.Read(ref _takes);
        bool hasTaken = takes != SeenTakes;
        SeenTakes = takes;
        return hasTaken;
    }
}
