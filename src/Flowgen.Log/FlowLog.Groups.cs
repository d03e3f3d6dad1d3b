using Flowgen.Log.Commits;

namespace Flowgen.Log;

/// <content>Groups, and how far they have read.</content>
public sealed partial class FlowLog
{
    /// <summary>How far a group has read a partition.</summary>
    /// <param name="group">The group.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <returns>The committed offset, or null if there is none.</returns>
    public CommittedOffset? GetCommitted(string group, string topic, int partition)
    {
        lock (_state.Gate)
            return _state.TryGetTopic(topic, out var found) ? _state.Groups.Find(group, found.Id, partition) : null;
    }

    /// <summary>Groups that have committed an offset or have members, and apps that have run, by name.</summary>
    /// <returns>The groups.</returns>
    public IReadOnlyList<string> ListGroups()
    {
        var active = Groups.Active;
        lock (_state.Gate)
            return [.. _state.Groups.Names.Union(active, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Committed offsets of a group, by topic and partition; empty for a group that has none.</summary>
    /// <param name="group">The group.</param>
    /// <returns>The offsets.</returns>
    public IReadOnlyList<GroupOffset> ListGroupOffsets(string group)
    {
        lock (_state.Gate)
            return [.. _state.Offsets(group).OrderBy(o => o.Topic, StringComparer.Ordinal).ThenBy(o => o.Partition)];
    }

    /// <summary>Looks at a group: its members, what it has committed, and how far it is behind.</summary>
    /// <param name="group">The group, or the app.</param>
    /// <returns>The group.</returns>
    /// <exception cref="UnknownGroupException">There is no such group.</exception>
    public GroupDescription DescribeGroup(string group)
    {
        var (state, members) = Groups.Look(group, found => (StateOf(found), MembersOf(found)));
        var committed = ListGroupOffsets(group).ToDictionary(o => new TopicPartition(o.Topic, o.Partition), o => o.Committed);
        if (members is null && committed.Count == 0)
            throw UnknownGroup(group);
        var owners = (members ?? []).SelectMany(m => m.Assignment.Select(p => (Partition: p, m.Id))).ToDictionary(p => p.Partition, p => p.Id);
        var partitions = committed.Keys.Union(owners.Keys).OrderBy(p => p.Topic, StringComparer.Ordinal).ThenBy(p => p.Partition);
        return new GroupDescription(group, state, members ?? [], [.. partitions.SelectMany(p => Describe(p, committed, owners))]);
    }

    /// <summary>Moves a group to another place. What it has committed for topics that apps keep for themselves, such as changelogs, stays as it is unless it is named.</summary>
    /// <param name="group">The group, or an app that does not run: it keeps its state and reads its inputs from there.</param>
    /// <param name="to">The place.</param>
    /// <param name="partitions">Which partitions, also such for which nothing is committed yet; null for all for which the group has committed.</param>
    /// <param name="dryRun">Only says what would happen.</param>
    /// <returns>What was moved, or would be.</returns>
    /// <exception cref="GroupNotEmptyException">The group has active members, or the app runs.</exception>
    /// <exception cref="UnknownGroupException">There is no such group, and no partition is named.</exception>
    public IReadOnlyList<GroupOffsetReset> ResetGroupOffsets(string group, OffsetSpec to, IEnumerable<TopicPartition>? partitions = null, bool dryRun = false)
    {
        ArgumentNullException.ThrowIfNull(to);
        LogName.Validate("group", group);
        var chosen = partitions?.Distinct().ToList() ?? CommittedPartitions(group);
        var resets = new List<GroupOffsetReset>();
        foreach (var partition in chosen)
        {
            long? from = GetCommitted(group, partition.Topic, partition.Partition)?.Offset;
            if (to.Find(this, partition, from) is { } offset)
                resets.Add(new GroupOffsetReset(partition, from, offset));
        }

        if (dryRun)
        {
            Groups.WhileEmpty(group, "reset", () => Task.CompletedTask).GetAwaiter().GetResult();
            return resets;
        }

        using var transaction = BeginTransaction();
        foreach (var reset in resets)
            transaction.SetOffset(group, reset.Partition.Topic, reset.Partition.Partition, reset.To);
        Groups.WhileEmpty(group, "reset", () => transaction.CommitAsync().AsTask()).GetAwaiter().GetResult();
        return resets;
    }

    /// <summary>Sets offsets of a group that has no members.</summary>
    /// <param name="group">The group; it comes into being if there is none.</param>
    /// <param name="offsets">The offsets.</param>
    /// <exception cref="GroupNotEmptyException">The group has active members, or the app runs.</exception>
    public void AlterGroupOffsets(string group, params IEnumerable<TopicPartitionOffset> offsets)
    {
        using var transaction = BeginTransaction();
        foreach (var offset in offsets)
            transaction.SetOffset(group, offset.Partition.Topic, offset.Partition.Partition, offset.Offset, offset.Metadata);
        Groups.WhileEmpty(group, "altered", () => transaction.CommitAsync().AsTask()).GetAwaiter().GetResult();
    }

    /// <summary>Deletes a group: everything that it has committed. Durable when it returns.</summary>
    /// <param name="group">The group, or an app that does not run.</param>
    /// <exception cref="GroupNotEmptyException">The group has active members, or the app runs.</exception>
    /// <exception cref="UnknownGroupException">There is no such group.</exception>
    public void DeleteGroup(string group)
    {
        var request = new CommitRequest();
        request.Entries.WriteGroupDeleted(group);
        Submit(group, request, () => _state.Groups.Contains(group) ? null : UnknownGroup(group));
    }

    /// <summary>Deletes what a group has committed for some partitions. Durable when it returns.</summary>
    /// <param name="group">The group, or an app that does not run.</param>
    /// <param name="partitions">The partitions; it does not matter if nothing is committed for them.</param>
    /// <exception cref="GroupNotEmptyException">The group has active members, or the app runs.</exception>
    /// <exception cref="UnknownGroupException">There is no such group.</exception>
    public void DeleteGroupOffsets(string group, params IEnumerable<TopicPartition> partitions)
    {
        var request = new CommitRequest();
        foreach (var partition in partitions.Distinct())
        {
            var named = _state.GetPartition(partition.Topic, partition.Partition);
            request.Entries.WriteGroupOffsetDeleted(group, named.TopicId, named.Index);
            request.Named.Add(named);
        }

        Submit(group, request, () => _state.Groups.Contains(group) ? null : UnknownGroup(group));
    }

    private void Submit(string group, CommitRequest request, Func<Exception?> refuse)
    {
        ThrowIfDisposed();
        Groups.WhileEmpty(group, "deleted", () =>
        {
            lock (_state.Gate)
            {
                if (refuse() is { } reason)
                    throw reason;
            }

            Pipeline.Submit(request);
            return request.Done;
        }).GetAwaiter().GetResult();
    }

    private List<TopicPartition> CommittedPartitions(string group)
    {
        var offsets = ListGroupOffsets(group);
        return offsets.Count > 0 || Groups.Active.Contains(group)
            ? [.. offsets.Where(o => !TopicDescription.IsInternalName(o.Topic)).Select(o => new TopicPartition(o.Topic, o.Partition))]
            : throw UnknownGroup(group);
    }

    private IEnumerable<GroupPartitionDescription> Describe(TopicPartition partition, Dictionary<TopicPartition, CommittedOffset> committed, Dictionary<TopicPartition, string> owners)
    {
        PartitionDescription held;
        lock (_state.Gate)
        {
            if (!_state.TryGetTopic(partition.Topic, out var topic) || partition.Partition >= topic.Partitions.Length)
                yield break; // deleted meanwhile
            held = topic.Partitions[partition.Partition].Describe();
        }

        yield return new GroupPartitionDescription(partition, committed.TryGetValue(partition, out var known) ? known : null, held.FirstOffset, held.NextOffset, owners.GetValueOrDefault(partition));
    }

    private static GroupState StateOf(ConsumerGroup group) => group.IsRebalancing ? GroupState.PreparingRebalance : GroupState.Stable;

    private static List<GroupMemberDescription> MembersOf(ConsumerGroup group)
    {
        var members = group.Members.ConvertAll(m => new GroupMemberDescription(
            m.Id,
            [.. m.Topics.Order(StringComparer.Ordinal)],
            [.. m.Owned.Select(p => p.Id).OrderBy(p => p.Topic, StringComparer.Ordinal).ThenBy(p => p.Partition)]));
        if (group.App is { } app)
            members.Add(new GroupMemberDescription(app, [], []));
        return members;
    }

    private static UnknownGroupException UnknownGroup(string group) =>
        new($"There is no group '{group}': it has committed nothing and has no members. Look at the list of groups for the right name.");
}
