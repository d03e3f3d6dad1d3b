using Flowgen.Log.Commits;

namespace Flowgen.Log;

/// <content>Partitions.</content>
public sealed partial class FlowLog
{
    /// <summary>What a partition holds.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <returns>Its offsets and size.</returns>
    public PartitionDescription DescribePartition(string topic, int partition)
    {
        var found = _state.GetPartition(topic, partition);
        lock (_state.Gate)
            return found.Describe();
    }

    /// <summary>Opens a reader of a partition.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">Offset of the first record to read; it may be the one that the next record will get.</param>
    /// <returns>The reader.</returns>
    public PartitionReader OpenReader(string topic, int partition, long offset) => new(_state, _state.GetPartition(topic, partition), offset);

    /// <summary>
    /// Finds the first record whose timestamp is at or behind a time, as Kafka does: the first segment whose largest timestamp is not before
    /// it, then the first such record there. Records may be out of order.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="timestamp">The time in Unix milliseconds.</param>
    /// <returns>Its offset; the offset that the next record will get if there is none.</returns>
    public long FindOffset(string topic, int partition, long timestamp) => TimeSearch.Find(_state, _state.GetPartition(topic, partition), timestamp);

    /// <summary>
    /// Indexes that were found damaged, stale or of another segment since the log was opened. They are derived from the segments and were
    /// built again; a number that rises says that something else writes into the directory, or that the disk fails.
    /// </summary>
    public long IndexesRebuilt => _state.Indexes.Rebuilt;

    /// <summary>Deletes the records of a partition before an offset. Files go when all of their records are deleted. Durable when it returns.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">Offset of the first record to keep; behind the end it deletes all records.</param>
    public void DeleteRecordsBefore(string topic, int partition, long offset)
    {
        ThrowIfReadOnly();
        var found = _state.GetPartition(topic, partition);
        TryChange(found, () =>
        {
            long first = Math.Min(offset, found.NextOffset);
            if (first <= found.FirstOffset)
                return null;
            var request = new CommitRequest();
            request.Entries.WriteFirstOffset(found, first);
            return request;
        });
    }
}
