using Flowgen.Log.Commits;

namespace Flowgen.Log.Storage;

/// <content>How far groups have read.</content>
internal sealed partial class LogState
{
    /// <summary>Committed offsets of a group.</summary>
    public IEnumerable<GroupOffset> Offsets(string group) =>
        Groups.Of(group).Select(o => new GroupOffset(_topicsById[o.Key.Topic].Description.Name, o.Key.Partition, o.Value));

    private void ApplyGroupOffset(ref CommitEntryReader reader)
    {
        string group = reader.ReadText();
        var partition = PartitionOf(ref reader);
        var committed = new CommittedOffset(reader.ReadInt64(), reader.ReadText());
        Groups.Set(group, partition.TopicId, partition.Index, committed);
    }

    private void ApplyGroupOffsetDeleted(ref CommitEntryReader reader)
    {
        string group = reader.ReadText();
        var partition = PartitionOf(ref reader);
        Groups.Delete(group, partition.TopicId, partition.Index);
    }
}
