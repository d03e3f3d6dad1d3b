namespace Flowgen.Log;

/// <summary>A batch starts here, and no record before it in the segment has a larger timestamp.</summary>
internal readonly record struct IndexEntry(long Offset, long Position, long MaxTimestamp);
