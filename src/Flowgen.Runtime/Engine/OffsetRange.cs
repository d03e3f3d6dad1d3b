namespace Flowgen.Runtime;

/// <summary>The committed records of a partition.</summary>
/// <param name="First">Offset of the oldest record that is kept.</param>
/// <param name="Next">Offset that the next record will have.</param>
public readonly record struct OffsetRange(long First, long Next);
