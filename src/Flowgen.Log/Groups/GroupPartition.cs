namespace Flowgen.Log;

/// <summary>A partition of a topic as it exists now: a topic that was deleted and created again has other ones.</summary>
internal readonly record struct GroupPartition(TopicPartition Id, int TopicId)
{
    public static GroupPartition Of(Storage.Partition partition) => new(new TopicPartition(partition.Topic, partition.Index), partition.TopicId);
}
