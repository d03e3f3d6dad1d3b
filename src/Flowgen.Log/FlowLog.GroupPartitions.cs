using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <content>Partitions as groups know them: those of a topic that was deleted and created again are others.</content>
public sealed partial class FlowLog
{
    /// <inheritdoc cref="LogState.TopicsVersion"/>
    internal long TopicsVersion => _state.TopicsVersion;

    /// <summary>Id of a topic; 0 if there is none.</summary>
    internal int TopicIdOf(string name)
    {
        lock (_state.Gate)
            return _state.TryGetTopic(name, out var topic) ? topic.Id : 0;
    }

    internal GroupPartition PartitionOf(TopicPartition partition) =>
        GroupPartition.Of(_state.GetPartition(partition.Topic, partition.Partition));

    /// <summary>Partitions of a topic; none if there is no such topic.</summary>
    internal IReadOnlyList<GroupPartition> PartitionsOf(string name)
    {
        lock (_state.Gate)
            return _state.TryGetTopic(name, out var topic) ? [.. topic.Partitions.Select(GroupPartition.Of)] : [];
    }

    internal bool TryDescribe(GroupPartition partition, out PartitionDescription held)
    {
        lock (_state.Gate)
        {
            bool exists = _state.TryGetTopic(partition.Id.Topic, out var topic) && topic.Id == partition.TopicId;
            held = exists ? topic!.Partitions[partition.Id.Partition].Describe() : default;
            return exists;
        }
    }

    internal PartitionReader OpenReader(GroupPartition partition, long offset)
    {
        var found = _state.GetPartition(partition.Id.Topic, partition.Id.Partition);
        return found.TopicId == partition.TopicId
            ? new PartitionReader(_state, found, offset)
            : throw Gone(partition);
    }

    internal static UnknownTopicException Gone(GroupPartition partition) =>
        new($"Topic '{partition.Id.Topic}' was deleted; if there is one of that name now, it is another one. Subscribe to it, or assign its partitions, again.");
}
