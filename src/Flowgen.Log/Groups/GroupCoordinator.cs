using System.Diagnostics.CodeAnalysis;
using Flowgen.Log.Commits;

namespace Flowgen.Log;

/// <summary>
/// Shares the partitions of the subscribed topics among the consumers of each group, cooperatively: a partition goes to its new owner when
/// the old one has released it at its poll, or has not polled for too long. All consumers of a log are in its process.
/// </summary>
internal sealed class GroupCoordinator(FlowLog log, CommitSignal signal, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ConsumerGroup> _groups = new(StringComparer.Ordinal);
    private ITimer? _timer;
    private int _members;

    /// <summary>Names of the groups that have members.</summary>
    public IReadOnlyList<string> Active
    {
        get
        {
            lock (_gate)
                return [.. _groups.Values.Where(g => g.IsActive).Select(g => g.Name)];
        }
    }

    public GroupMember Join(string name, string clientId, IEnumerable<string> topics, TimeSpan maxPollInterval)
    {
        lock (_gate)
        {
            var group = GetOrAdd(name);
            if (group.App is not null)
                throw new GroupNotEmptyException($"The app '{group.App}' runs as group '{name}', so that no consumer can be a member. Use another group, or stop the app first.");
            var member = new GroupMember(group, FormattableString.Invariant($"{clientId}-{++_members}"), topics, maxPollInterval) { PolledAt = time.GetTimestamp() };
            group.Members.Add(member);
            Assign(group);
            Schedule();
            return member;
        }
    }

    public void Leave(GroupMember member)
    {
        lock (_gate)
            Remove(member);
    }

    /// <summary>Notes that a member polls.</summary>
    /// <returns>False if the group has gone on without it, and it has lost everything.</returns>
    public bool Poll(GroupMember member)
    {
        lock (_gate)
        {
            member.PolledAt = time.GetTimestamp();
            member.HasTaken(); // what it has taken so far is older than the poll
            if (!member.IsEvicted && member.Group.TopicsVersion != log.TopicsVersion)
                Assign(member.Group);
            return !member.IsEvicted;
        }
    }

    /// <summary>Notes that a member waits for records, or has stopped to wait.</summary>
    public void Wait(GroupMember member, bool isWaiting)
    {
        lock (_gate)
        {
            member.IsWaiting = isWaiting;
            member.PolledAt = time.GetTimestamp();
        }
    }

    /// <summary>What a member owns of topics that are deleted.</summary>
    public List<GroupPartition> Gone(GroupMember member)
    {
        lock (_gate)
            return [.. member.Owned.Where(p => log.TopicIdOf(p.Id.Topic) != p.TopicId)];
    }

    /// <summary>What a member owns and another one shall own.</summary>
    public List<GroupPartition> ToRelease(GroupMember member)
    {
        lock (_gate)
            return [.. member.Owned.Where(p => !member.Target.Contains(p))];
    }

    /// <inheritdoc cref="ConsumerGroup.Release"/>
    public void Release(GroupMember member, IEnumerable<GroupPartition> partitions)
    {
        lock (_gate)
            Release(member.Group, member, partitions);
    }

    /// <inheritdoc cref="ConsumerGroup.Claim"/>
    public List<GroupPartition> Claim(GroupMember member)
    {
        lock (_gate)
            return member.IsEvicted ? [] : member.Group.Claim(member);
    }

    /// <summary>Commits for members, unless one has lost a partition. Nobody else gets the partitions before the commit has ended.</summary>
    /// <param name="owned">For whom, and which partitions.</param>
    /// <param name="submit">Submits the commit, and returns its end.</param>
    /// <returns>The end.</returns>
    /// <exception cref="CommitFailedException">A member does not own a partition.</exception>
    public Task Commit(IReadOnlyList<(GroupMember Member, GroupPartition Partition)> owned, Func<Task> submit)
    {
        lock (_gate)
        {
            foreach (var (member, partition) in owned)
            {
                if (member.IsEvicted || !member.Owned.Contains(partition))
                    throw new CommitFailedException($"'{member.Id}' cannot commit for {partition.Id}: it does not own it, because group '{member.Group.Name}' has given it to another member{(member.IsEvicted ? $" when this one had not polled for {member.MaxPollInterval}" : "")}. Its records come again where the group has committed; poll more often, or commit when partitions are revoked.");
            }

            var commit = submit();
            foreach (var (member, _) in owned)
                member.LastCommit = commit;
            return commit;
        }
    }

    /// <summary>Commits something that only the members of a group may commit while there are any. Who joins meanwhile gets nothing before it has ended.</summary>
    /// <param name="name">The group.</param>
    /// <param name="what">What is done to its offsets.</param>
    /// <param name="submit">Submits the commit, and returns its end.</param>
    /// <returns>The end.</returns>
    /// <exception cref="GroupNotEmptyException">There are members, or an app runs under the name.</exception>
    public Task WhileEmpty(string name, string what, Func<Task> submit)
    {
        lock (_gate)
        {
            if (!TryGetActive(name, out var group))
                return Submit(name, submit);
            string who = group.App is not null ? $"the app '{group.App}' runs" : $"{group.Members.Count} consumers are active ({string.Join(", ", group.Members.Take(3).Select(m => m.Id))})";
            throw new GroupNotEmptyException($"The offsets of group '{name}' cannot be {what}: {who}. Stop them first.");
        }
    }

    /// <summary>Notes that an app runs under the name of a group, on topics whose partitions it has counted. Commits of the group that are under way have ended when it returns.</summary>
    public void Enter(string name, string app, IReadOnlyCollection<string> topics)
    {
        Task[] pending;
        lock (_gate)
        {
            if (TryGetActive(name, out var group))
                throw new GroupNotEmptyException($"App '{app}' cannot run: its group '{name}' {(group.App is null ? $"has {group.Members.Count} consumers" : "is that of a running app")}. Close them first, or give the app another name.");
            var entered = GetOrAdd(name);
            (entered.App, entered.AppTopics) = (app, topics);
            pending = [.. entered.Pending];
        }

        foreach (var commit in pending)
            Task.WaitAny(commit); // also if it fails: that is told to who committed
    }

    /// <summary>Notes that the app has ended.</summary>
    public void Exit(string name)
    {
        lock (_gate)
        {
            var group = _groups[name];
            (group.App, group.AppTopics) = (null, []);
            Forget(group);
        }
    }

    /// <summary>The running app that has counted the partitions of a topic.</summary>
    /// <returns>Its name; null if there is none.</returns>
    public string? AppOn(string topic)
    {
        lock (_gate)
            return _groups.Values.FirstOrDefault(group => group.AppTopics.Contains(topic))?.App;
    }

    /// <summary>Looks at a group with members.</summary>
    /// <param name="name">The group.</param>
    /// <param name="look">What to look at.</param>
    /// <returns>What was seen; default if nobody is active.</returns>
    public T? Look<T>(string name, Func<ConsumerGroup, T> look)
    {
        lock (_gate)
            return TryGetActive(name, out var group) ? look(group) : default;
    }

    public void Dispose()
    {
        lock (_gate)
            _timer?.Dispose();
    }

    private bool TryGetActive(string name, [NotNullWhen(true)] out ConsumerGroup? group) => _groups.TryGetValue(name, out group) && group.IsActive;

    private ConsumerGroup GetOrAdd(string name)
    {
        if (!_groups.TryGetValue(name, out var group))
            _groups.Add(name, group = new ConsumerGroup(name));
        return group;
    }

    private void Remove(GroupMember member)
    {
        var group = member.Group;
        if (!group.Members.Remove(member))
            return;
        member.IsEvicted = true;
        Release(group, member, [.. member.Owned]);
        Assign(group);
        Forget(group);
    }

    private void Forget(ConsumerGroup group)
    {
        if (group.IsForgettable && _groups.GetValueOrDefault(group.Name) == group)
            _groups.Remove(group.Name);
    }

    private Task Submit(string name, Func<Task> submit)
    {
        var commit = submit();
        if (!commit.IsCompleted)
        {
            var group = GetOrAdd(name);
            group.Administration = group.Administration.IsCompleted ? commit : Task.WhenAll(group.Administration, commit);
            WhenEnded(group.Administration, group);
        }

        return commit;
    }

    private void Release(ConsumerGroup group, GroupMember member, IEnumerable<GroupPartition> partitions)
    {
        if (!group.Release(member, partitions))
            WhenEnded(member.LastCommit, group);
        signal.Publish();
    }

    private void WhenEnded(Task commit, ConsumerGroup group) => commit.ContinueWith(
        ended =>
        {
            _ = ended.Exception; // observed: it is told to who committed
            Drained(group);
        },
        CancellationToken.None,
        TaskContinuationOptions.None,
        TaskScheduler.Default);

    private void Drained(ConsumerGroup group)
    {
        lock (_gate)
        {
            group.Change();
            Forget(group);
        }

        signal.Publish();
    }

    private void Assign(ConsumerGroup group)
    {
        group.TopicsVersion = log.TopicsVersion; // before the look at the topics: what changes meanwhile is met again
        var topics = group.Members.SelectMany(m => m.Topics).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        group.Assign([.. topics.SelectMany(log.PartitionsOf)]);
        signal.Publish();
    }

    // The timer is never later than the first deadline: a poll only puts its own off.
    private void Schedule()
    {
        TimeSpan? next = null;
        foreach (var member in _groups.Values.SelectMany(g => g.Members))
        {
            var left = member.MaxPollInterval - time.GetElapsedTime(member.PolledAt);
            next = next is null || left < next ? left : next;
        }

        if (next is not { } due)
            return;
        _timer ??= time.CreateTimer(_ => EvictSilent(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(TimeSpan.FromTicks(Math.Clamp(due.Ticks, TimeSpan.TicksPerMillisecond, LongestTimer.Ticks)), Timeout.InfiniteTimeSpan);
    }

    private void EvictSilent()
    {
        lock (_gate)
        {
            foreach (var member in _groups.Values.SelectMany(g => g.Members).ToList())
            {
                if (member.IsWaiting || member.HasTaken())
                    member.PolledAt = time.GetTimestamp();
                else if (time.GetElapsedTime(member.PolledAt) >= member.MaxPollInterval)
                    Remove(member);
            }

            Schedule();
        }
    }
}
