using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>
/// What a commit is to say of a segment: how far it reaches. A segment that is new comes into being with it. It keeps the file open until
/// the file has been made durable, because a failed write-back is reported to who had the file open.
/// </summary>
internal readonly record struct SegmentEnd(Partition Partition, Segment Segment, IFile File, long End, long NextOffset, long MaxTimestamp);
