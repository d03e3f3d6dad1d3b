namespace Flowgen.Log.Storage;

/// <summary>
/// What a commit is to say of a segment: how far it reaches. A segment that is new comes into being with it. It keeps the segment open until
/// it has been made durable, because a failed write-back is reported to who had the file open. The bytes from <paramref name="Start"/> on are
/// at hand where they are few enough to be journaled; empty where the segment has to be synced.
/// </summary>
internal readonly record struct SegmentEnd(
    Partition Partition, Segment Segment, long End, long NextOffset, long MaxTimestamp, long Start = 0, ReadOnlyMemory<byte> Bytes = default);
