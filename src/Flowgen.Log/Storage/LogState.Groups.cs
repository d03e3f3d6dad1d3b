using Flowgen.Log.Commits;

namespace Flowgen.Log.Storage;

/// <content>How far groups have read.</content>
internal sealed partial class LogState
{
    public CommittedOffset? Committed(string group, int topicId, int partition) =>
        _groups.TryGetValue(group, out var offsets) && offsets.TryGetValue((topicId, partition), out var committed) ? committed : null;

    public IEnumerable<GroupOffset> Offsets(string group) => _groups.TryGetValue(group, out var offsets)
        ? offsets.Select(o => new GroupOffset(_topicsById[o.Key.Topic].Description.Name, o.Key.Partition, o.Value))
        : [];

    private void ApplyGroupOffset(ref CommitEntryReader reader)
    {
        string group = reader.ReadText();
        var partition = PartitionOf(ref reader);
        var committed = new CommittedOffset(reader.ReadInt64(), reader.ReadText());
        if (!_groups.TryGetValue(group, out var offsets))
            _groups.Add(group, offsets = []);
        offsets[(partition.TopicId, partition.Index)] = committed;
    }

    // A group without offsets is none.
    private void ForgetOffsets(int topicId)
    {
        foreach (var (group, offsets) in _groups.ToList())
        {
            foreach (var key in offsets.Keys.Where(k => k.Topic == topicId).ToList())
                offsets.Remove(key);
            if (offsets.Count == 0)
                _groups.Remove(group);
        }
    }
}
