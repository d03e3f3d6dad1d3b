namespace Flowgen.Log;

/// <summary>How far a group has read one partition.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Committed">The offset of the next record to read, and what the group wrote down beside it.</param>
public readonly record struct GroupOffset(string Topic, int Partition, CommittedOffset Committed);
