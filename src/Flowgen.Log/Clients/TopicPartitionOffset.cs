namespace Flowgen.Log;

/// <summary>An offset of a partition that a group is to go on with.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">Offset of the next record to read.</param>
/// <param name="Metadata">Anything to be kept beside it, at most <see cref="CommittedOffset.MaxMetadataBytes"/> bytes of UTF-8.</param>
public readonly record struct TopicPartitionOffset(TopicPartition Partition, long Offset, string Metadata = "");
