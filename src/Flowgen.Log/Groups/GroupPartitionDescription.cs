namespace Flowgen.Log;

/// <summary>How far a group is in a partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Committed">What the group has committed; null for a partition that it owns but has not committed.</param>
/// <param name="FirstOffset">Offset of the first record that is there.</param>
/// <param name="EndOffset">Offset that the next record will get.</param>
/// <param name="Owner">Id of the member that owns the partition, if one does.</param>
public sealed record GroupPartitionDescription(TopicPartition Partition, CommittedOffset? Committed, long FirstOffset, long EndOffset, string? Owner)
{
    /// <summary>Offsets from the committed one to the end; null without a committed one. Where records have been deleted, only those that are there count.</summary>
    public long? Lag => Committed is { } committed ? Math.Max(0, EndOffset - Math.Max(FirstOffset, committed.Offset)) : null;
}
