using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>What is committed of a segment at a moment. One that is sealed does not change any more.</summary>
internal readonly record struct SegmentExtent(Partition Partition, Segment Segment, bool IsSealed, long End, long NextOffset, long MaxTimestamp)
{
    /// <summary>Takes it. Call it inside the gate.</summary>
    public static SegmentExtent Of(Partition partition, Segment segment) =>
        new(partition, segment, !ReferenceEquals(segment, partition.Segments[^1]), segment.CommittedEnd, segment.NextOffset, segment.MaxTimestamp);
}
