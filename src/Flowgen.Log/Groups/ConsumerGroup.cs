namespace Flowgen.Log;

/// <summary>The members of a group, and who owns what. Guarded by the gate of the <see cref="GroupCoordinator"/>, but for <see cref="Version"/>.</summary>
internal sealed class ConsumerGroup(string name)
{
    private readonly Dictionary<GroupPartition, GroupMember> _owners = [];
    private readonly Dictionary<GroupPartition, Task> _draining = [];
    private int _version;

    public string Name => name;

    /// <summary>The members, in the order in which they joined.</summary>
    public List<GroupMember> Members { get; } = [];

    /// <summary>The app that runs under the name of the group, which nobody else may use meanwhile.</summary>
    public string? App { get; set; }

    /// <summary>The topics of that app.</summary>
    public IReadOnlyCollection<string> AppTopics { get; set; } = [];

    public bool IsActive => Members.Count > 0 || App is not null;

    /// <summary>Whether nothing of the group needs to be remembered.</summary>
    public bool IsForgettable => !IsActive && Pending.All(commit => commit.IsCompleted);

    /// <summary>The commit of offsets that others than members have set: nobody goes on from them before it has ended.</summary>
    public Task Administration { get; set; } = Task.CompletedTask;

    /// <summary>Commits of its offsets by those who are not members, or not any more.</summary>
    public IEnumerable<Task> Pending => _draining.Values.Append(Administration);

    /// <summary>Whether a member has still to release or to claim something.</summary>
    public bool IsRebalancing => Members.Exists(m => !m.Target.SetEquals(m.Owned));

    /// <summary>Rises whenever a member may have something to release or to claim.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Version of the topics for which the targets were computed.</summary>
    public long TopicsVersion { get; set; } = -1;

    public void Assign(IReadOnlyList<GroupPartition> partitions)
    {
        StickyAssignor.Assign(Members, partitions, _owners);
        Change();
    }

    public void Change() => Interlocked.Increment(ref _version);

    /// <summary>Gives a member what it shall own and nobody owns any more.</summary>
    public List<GroupPartition> Claim(GroupMember member)
    {
        if (!Administration.IsCompleted)
            return [];
        var claimed = member.Target.Where(p => !_owners.ContainsKey(p) && IsDrained(p)).OrderBy(p => p.Id.Topic, StringComparer.Ordinal).ThenBy(p => p.Id.Partition).ToList();
        foreach (var partition in claimed)
        {
            _draining.Remove(partition);
            _owners.Add(partition, member);
            member.Owned.Add(partition);
        }

        return claimed;
    }

    /// <summary>Takes partitions from a member. They are free when its last commit has ended.</summary>
    /// <returns>Whether that is so already.</returns>
    public bool Release(GroupMember member, IEnumerable<GroupPartition> partitions)
    {
        foreach (var partition in partitions)
        {
            if (!member.Owned.Remove(partition))
                continue;
            _owners.Remove(partition);
            if (!member.LastCommit.IsCompleted)
                _draining[partition] = member.LastCommit;
        }

        Change();
        return member.LastCommit.IsCompleted;
    }

    private bool IsDrained(GroupPartition partition) => !_draining.TryGetValue(partition, out var commit) || commit.IsCompleted;
}
