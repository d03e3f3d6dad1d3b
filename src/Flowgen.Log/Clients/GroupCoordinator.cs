using Flowgen.Log.Commits;

namespace Flowgen.Log;

/// <summary>Shares the partitions of the subscribed topics among the consumers of a group. All consumers of a log are in its process.</summary>
internal sealed class GroupCoordinator(FlowLog log, CommitSignal signal)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<(Consumer Member, HashSet<string> Topics)>> _groups = new(StringComparer.Ordinal);
    private int _generation;

    /// <summary>Rises when a consumer joins or leaves any group, or the partitions of a topic change.</summary>
    public int Generation => Volatile.Read(ref _generation);

    public void Join(string group, Consumer member, IEnumerable<string> topics)
    {
        lock (_gate)
        {
            if (!_groups.TryGetValue(group, out var members))
                _groups.Add(group, members = []);
            members.RemoveAll(m => ReferenceEquals(m.Member, member));
            members.Add((member, topics.ToHashSet(StringComparer.Ordinal)));
            _generation++;
        }

        signal.Publish();
    }

    public void Leave(string group, Consumer member)
    {
        lock (_gate)
        {
            if (!_groups.TryGetValue(group, out var members) || members.RemoveAll(m => ReferenceEquals(m.Member, member)) == 0)
                return;
            if (members.Count == 0)
                _groups.Remove(group);
            _generation++;
        }

        signal.Publish();
    }

    /// <summary>Shares anew: a topic has more partitions, or is deleted.</summary>
    public void TopicsChanged()
    {
        lock (_gate)
            _generation++;
        signal.Publish();
    }

    /// <summary>The partitions of a member: every n-th of each topic, in the order in which the members joined.</summary>
    public List<TopicPartition> Assignment(string group, Consumer member, out int generation)
    {
        lock (_gate)
        {
            generation = _generation;
            var members = _groups[group];
            var own = members.Find(m => ReferenceEquals(m.Member, member)).Topics;
            var assigned = new List<TopicPartition>();
            foreach (string topic in own.Order(StringComparer.Ordinal))
            {
                var sharing = members.FindAll(m => m.Topics.Contains(topic));
                int rank = sharing.FindIndex(m => ReferenceEquals(m.Member, member));
                int partitions = log.TryDescribeTopic(topic, out var description) ? description.Partitions : 0; // none of a deleted topic
                for (int i = rank; i < partitions; i += sharing.Count)
                    assigned.Add(new TopicPartition(topic, i));
            }

            return assigned;
        }
    }
}
