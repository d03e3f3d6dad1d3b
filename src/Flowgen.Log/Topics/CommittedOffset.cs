namespace Flowgen.Log;

/// <summary>How far a group has read a partition.</summary>
/// <param name="Offset">Offset of the next record to read.</param>
/// <param name="Metadata">What the group wrote down beside it.</param>
public readonly record struct CommittedOffset(long Offset, string Metadata);
