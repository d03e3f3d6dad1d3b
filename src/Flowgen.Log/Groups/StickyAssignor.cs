namespace Flowgen.Log;

/// <summary>
/// Shares partitions among the members of a group: nobody could take over a partition so that the shares get more even, and as few
/// partitions move as that allows. Members need not subscribe to the same topics.
/// </summary>
/// <remarks>The shares are an optimal semi-matching of partitions and members: it is optimal exactly if there is no cost-reducing path
/// (Harvey, Ladner, Lovász, Tamir, "Semi-matchings for bipartite graphs and load balancing", 2006). Moves along shortest paths remove them.</remarks>
internal sealed class StickyAssignor
{
    private readonly List<Share> _shares;

    private StickyAssignor(IEnumerable<GroupMember> members) => _shares = [.. members.Select(m => new Share(m))];

    /// <summary>Sets the target of each member.</summary>
    /// <param name="members">The members, in the order in which they joined.</param>
    /// <param name="partitions">The partitions of all topics to which somebody subscribes.</param>
    /// <param name="owners">Who owns them now.</param>
    public static void Assign(IReadOnlyList<GroupMember> members, IReadOnlyList<GroupPartition> partitions, IReadOnlyDictionary<GroupPartition, GroupMember> owners)
    {
        var assignor = new StickyAssignor(members);
        var free = assignor.Keep(partitions, owners);
        foreach (var partition in free)
            assignor.Give(partition);
        while (assignor.Even())
            continue;
        foreach (var share in assignor._shares)
            share.Member.Target = share.All();
    }

    // What is owned stays with its owner, and what was promised stays promised.
    private List<GroupPartition> Keep(IReadOnlyList<GroupPartition> partitions, IReadOnlyDictionary<GroupPartition, GroupMember> owners)
    {
        var free = new List<GroupPartition>();
        foreach (var partition in partitions)
        {
            var holder = owners.TryGetValue(partition, out var owner) && _shares.Find(s => s.Member == owner && s.CanTake(partition)) is { } own
                ? own
                : _shares.Find(s => s.Member.Target.Contains(partition) && s.CanTake(partition));
            if (holder is null)
                free.Add(partition);
            else
                holder.Add(partition);
        }

        return free;
    }

    private void Give(GroupPartition partition) => _shares.Where(s => s.CanTake(partition)).MinBy(s => s.Count)?.Add(partition);

    // Moves one partition along the shortest path from one of the largest shares to one that is smaller by two or more.
    private bool Even()
    {
        foreach (var from in _shares.OrderByDescending(s => s.Count))
        {
            if (FindPath(from) is not { } path)
                continue;
            for (int i = 0; i + 1 < path.Count; i++)
                path[i + 1].Add(path[i].GiveUp(path[i + 1]));
            return true;
        }

        return false;
    }

    private List<Share>? FindPath(Share from)
    {
        var before = new Dictionary<Share, Share> { [from] = from };
        var waiting = new Queue<Share>([from]);
        while (waiting.TryDequeue(out var share))
        {
            foreach (var next in _shares.Where(s => !before.ContainsKey(s) && share.CanGiveTo(s)))
            {
                before.Add(next, share);
                if (next.Count <= from.Count - 2)
                    return Path(before, from, next);
                waiting.Enqueue(next);
            }
        }

        return null;
    }

    private static List<Share> Path(Dictionary<Share, Share> before, Share from, Share to)
    {
        var path = new List<Share> { to };
        while (path[^1] != from)
            path.Add(before[path[^1]]);
        path.Reverse();
        return path;
    }

    /// <summary>What a member is to have, by topic.</summary>
    private sealed class Share(GroupMember member)
    {
        private readonly SortedDictionary<string, List<GroupPartition>> _topics = new(StringComparer.Ordinal);

        public GroupMember Member => member;

        public int Count { get; private set; }

        public bool CanTake(GroupPartition partition) => member.Topics.Contains(partition.Id.Topic);

        public bool CanGiveTo(Share other) => _topics.Any(t => t.Value.Count > 0 && other.Member.Topics.Contains(t.Key));

        public void Add(GroupPartition partition)
        {
            if (!_topics.TryGetValue(partition.Id.Topic, out var partitions))
                _topics.Add(partition.Id.Topic, partitions = []);
            partitions.Add(partition);
            Count++;
        }

        // What is not owned yet moves for nothing; of the rest, the topic of which there is most.
        public GroupPartition GiveUp(Share to)
        {
            var topic = _topics.Where(t => t.Value.Count > 0 && to.CanTake(t.Value[0]))
                .OrderByDescending(t => t.Value.Exists(p => !member.Owned.Contains(p)))
                .ThenByDescending(t => t.Value.Count)
                .First().Value;
            int index = topic.FindLastIndex(p => !member.Owned.Contains(p));
            if (index < 0)
                index = topic.Count - 1;
            var partition = topic[index];
            topic.RemoveAt(index);
            Count--;
            return partition;
        }

        public HashSet<GroupPartition> All() => [.. _topics.Values.SelectMany(t => t)];
    }
}
