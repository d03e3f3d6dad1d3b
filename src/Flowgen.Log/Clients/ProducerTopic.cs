using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>The partitions of a topic that a producer sends to, and the one that takes the records without key.</summary>
internal sealed class ProducerTopic
{
    private readonly TopicState _topic;
    private readonly FlowLogOptions _options;
    private ProducerPartition[] _partitions = [];
    private int _sticky;

    /// <param name="topic">The topic.</param>
    /// <param name="options">How the log is opened.</param>
    /// <param name="producerId">Where records without key start: not at the same partition for all producers.</param>
    public ProducerTopic(TopicState topic, FlowLogOptions options, long producerId)
    {
        _topic = topic;
        _options = options;
        Name = topic.Description.Name;
        TakePartitions();
        _sticky = (int)((ulong)producerId % (ulong)_partitions.Length);
    }

    public string Name { get; }

    public TopicState State => _topic;

    public bool IsDeleted => _partitions[0].Partition.IsDeleted;

    public IReadOnlyList<ProducerPartition> Partitions => _partitions;

    /// <summary>Refuses a record that the topic does not take.</summary>
    public void Check(int size, bool hasKey)
    {
        var settings = _partitions[0].Partition.Settings;
        int limit = settings.MaxRecordBytes ?? _options.MaxRecordBytes;
        if (size > limit)
            throw new RecordTooLargeException($"A record of {size} bytes for '{Name}' is too large: a record has at most {limit} bytes. Send less, or set a larger limit for the topic or the log.");
        if (settings.Cleanup != TopicCleanup.Delete && !hasKey)
            throw new InvalidRecordException($"'{Name}' takes no record without key: the topic is compacted, which keeps the newest record of each key. Give the record a key, or the topic the cleanup {TopicCleanup.Delete}.");
    }

    public ProducerPartition Choose(int? partition, ReadOnlySpan<byte> key, bool hasKey)
    {
        if (_partitions.Length != _topic.Partitions.Length)
            TakePartitions();
        if (partition is not { } index)
            index = !hasKey ? _sticky : _partitions.Length == 1 ? 0 : Murmur2.Partition(key, _partitions.Length);
        return (uint)index < (uint)_partitions.Length
            ? _partitions[index]
            : throw new UnknownTopicException($"Topic '{Name}' has no partition {index}; it has 0 to {_partitions.Length - 1}.");
    }

    /// <summary>A batch is closed: records without key go on in the next partition.</summary>
    public void Closed(ProducerPartition partition)
    {
        if (partition.Partition.Index == _sticky)
            _sticky = (_sticky + 1) % _partitions.Length;
    }

    private void TakePartitions() => _partitions = [.. _partitions, .. _topic.Partitions.Skip(_partitions.Length).Select(p => new ProducerPartition(p))];
}
