using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>
/// Finds records by time, as Kafka does: the first segment whose largest timestamp is not before the time, in it the part that the index
/// names, then batches by their largest timestamp, then records one by one.
/// </summary>
internal static class TimeSearch
{
    public static long Find(LogState state, Partition partition, long timestamp)
    {
        for (long from = 0; ;)
        {
            if (!TryFindSegment(ref state, ref partition, from, timestamp, out var extent, out var file))
                return extent.NextOffset;
            try
            {
                if (FindIn(state, extent, file, timestamp) is { } offset)
                    return offset;
                from = extent.NextOffset; // its largest timestamp was that of a deleted record
            }
            catch (OffsetOutOfRangeException)
            {
                // Records were deleted meanwhile: the next round looks at those that are left.
            }
            finally
            {
                extent.Segment?.Release();
            }
        }
    }

    // The first segment that can hold the record, with its file open; if there is none, the extent is the end of the partition.
    private static bool TryFindSegment(ref LogState state, ref Partition partition, long from, long timestamp, out SegmentExtent extent, out IFile file)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                lock (state.Gate)
                {
                    LogState.Follow(ref state, ref partition);
                    var segment = partition.Segments.Find(s => s.NextOffset > from && s.MaxTimestamp >= timestamp);
                    extent = segment is null ? new SegmentExtent { NextOffset = partition.NextOffset } : SegmentExtent.Of(partition, segment);
                    file = segment?.Acquire()!;
                    return segment is not null;
                }
            }
            catch (IOException e) when (state.CanCatchUp(e, attempt))
            {
                state.CatchUp!();
            }
        }
    }

    private static long? FindIn(LogState state, in SegmentExtent extent, IFile file, long timestamp)
    {
        long start = state.Indexes.FindTime(extent, file, timestamp).Offset;
        lock (state.Gate)
            start = Math.Max(start, extent.Partition.FirstOffset);
        if (start >= extent.NextOffset)
            return null;
        using var reader = new PartitionReader(state, extent.Partition, start);
        while (reader.Position < extent.NextOffset && reader.TryRead(out var batch))
        {
            if (batch.MaxTimestamp >= timestamp && FindIn(batch, timestamp) is { } offset)
                return offset;
        }

        return null;
    }

    private static long? FindIn(in RecordBatch batch, long timestamp)
    {
        for (int i = batch.FirstIndex; i < batch.Count; i++)
        {
            if (batch[i].Timestamp >= timestamp)
                return batch[i].Offset;
        }

        return null;
    }
}
