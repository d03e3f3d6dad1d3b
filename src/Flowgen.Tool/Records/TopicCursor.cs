using Flowgen.Log;

namespace Flowgen.Tool.Records;

/// <summary>The records of some partitions of a topic, merged by their time as far as they are there.</summary>
internal sealed class TopicCursor : IDisposable
{
    private readonly PartitionCursor[] _partitions;

    public TopicCursor(FlowLog log, string topic, IEnumerable<int> partitions, Func<int, long> start) =>
        _partitions = [.. partitions.Select(partition => new PartitionCursor(log.OpenReader(topic, partition, start(partition)), partition))];

    public IReadOnlyList<PartitionCursor> Partitions => _partitions;

    /// <summary>The partition whose next record is the oldest; the record stays until <see cref="PartitionCursor.Pass"/>.</summary>
    public bool TryNext(out PartitionCursor next)
    {
        next = null!;
        foreach (PartitionCursor partition in _partitions)
        {
            if (partition.TryFill() && (next is null || partition.Timestamp < next.Timestamp))
                next = partition;
        }

        return next is not null;
    }

    public void Dispose()
    {
        foreach (PartitionCursor partition in _partitions)
            partition.Dispose();
    }
}
