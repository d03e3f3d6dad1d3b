namespace Flowgen.Log;

/// <summary>How a reset moves, or would move, a group in a partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="From">What was committed before; null for nothing.</param>
/// <param name="To">What is committed then: offset of the next record to read.</param>
public readonly record struct GroupOffsetReset(TopicPartition Partition, long? From, long To);
