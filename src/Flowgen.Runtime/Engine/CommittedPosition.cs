namespace Flowgen.Runtime;

/// <summary>How far a consumer group has come in a partition.</summary>
/// <param name="Offset">Offset of the next record to read.</param>
/// <param name="Metadata">What the group has noted beside it, at most 4,000 characters.</param>
public readonly record struct CommittedPosition(long Offset, string Metadata);
