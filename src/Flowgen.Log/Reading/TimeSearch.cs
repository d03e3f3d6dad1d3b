using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>Finds records by time: skips segments by their largest timestamp, then batches by theirs, then looks at records.</summary>
internal static class TimeSearch
{
    public static long Find(LogState state, Partition partition, long timestamp)
    {
        long start;
        long end;
        lock (state.Gate)
        {
            var segment = partition.Segments.Find(s => s.MaxTimestamp >= timestamp);
            end = partition.NextOffset;
            if (segment is null)
                return end;
            start = Math.Max(segment.BaseOffset, partition.FirstOffset);
        }

        using var reader = new PartitionReader(state, partition, start);
        while (reader.Position < end && reader.TryRead(out var batch))
        {
            if (batch.MaxTimestamp >= timestamp && FindIn(batch, timestamp) is { } offset)
                return offset;
        }

        return end;
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
