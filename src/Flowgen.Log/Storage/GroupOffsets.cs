using Flowgen.Log.Commits;

namespace Flowgen.Log.Storage;

/// <summary>How far the groups have read. Part of the <see cref="LogState"/>: it changes by commits only, and is guarded by the same gate.</summary>
internal sealed class GroupOffsets
{
    private readonly SortedDictionary<string, Dictionary<(int Topic, int Partition), CommittedOffset>> _groups = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _groups.Keys;

    public bool Contains(string group) => _groups.ContainsKey(group);

    public IEnumerable<KeyValuePair<(int Topic, int Partition), CommittedOffset>> Of(string group) => _groups.TryGetValue(group, out var offsets) ? offsets : [];

    public CommittedOffset? Find(string group, int topicId, int partition) =>
        _groups.TryGetValue(group, out var offsets) && offsets.TryGetValue((topicId, partition), out var committed) ? committed : null;

    public void Set(string group, int topicId, int partition, CommittedOffset committed)
    {
        if (!_groups.TryGetValue(group, out var offsets))
            _groups.Add(group, offsets = []);
        offsets[(topicId, partition)] = committed;
    }

    public void Delete(string group) => _groups.Remove(group);

    /// <summary>A group without offsets is no group any more.</summary>
    public void Delete(string group, int topicId, int partition)
    {
        if (_groups.TryGetValue(group, out var offsets) && offsets.Remove((topicId, partition)) && offsets.Count == 0)
            _groups.Remove(group);
    }

    /// <summary>Deletes what the groups have committed for a topic.</summary>
    public void DeleteTopic(int topicId)
    {
        foreach (var (group, offsets) in _groups.ToList())
        {
            foreach (var key in offsets.Keys.Where(k => k.Topic == topicId).ToList())
                Delete(group, key.Topic, key.Partition);
        }
    }

    public void WriteCheckpoint(ByteBuffer to)
    {
        foreach (var (group, offsets) in _groups)
        {
            foreach (var (key, committed) in offsets)
                to.WriteGroupOffset(group, key.Topic, key.Partition, committed);
        }
    }
}
