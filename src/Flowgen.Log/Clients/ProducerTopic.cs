namespace Flowgen.Log;

/// <summary>The partitions of a topic that a producer sends to, and the one that takes the records without key.</summary>
internal sealed class ProducerTopic(TopicDescription topic)
{
    private readonly ProducerPartition[] _partitions = [.. Enumerable.Range(0, topic.Partitions).Select(i => new ProducerPartition(topic.Name, i))];
    private int _sticky;

    public string Name => topic.Name;

    public ProducerPartition Choose(int? partition, ReadOnlySpan<byte> key, bool hasKey)
    {
        if (partition is not { } index)
            index = hasKey ? Murmur2.Partition(key, _partitions.Length) : _sticky;
        return (uint)index < (uint)_partitions.Length
            ? _partitions[index]
            : throw new UnknownTopicException($"Topic '{Name}' has no partition {index}; it has 0 to {_partitions.Length - 1}.");
    }

    /// <summary>A batch is closed: records without key go on in the next partition.</summary>
    public void Closed(ProducerPartition partition)
    {
        if (partition.Partition == _sticky)
            _sticky = (_sticky + 1) % _partitions.Length;
    }
}
