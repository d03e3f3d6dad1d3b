namespace Flowgen.Log.Storage;

/// <summary>A segment that a commit has made longer, and where it ended before.</summary>
internal readonly record struct SegmentGrowth(Partition Partition, Segment Segment, long FormerEnd, long FormerOffset);
