using System.Buffers.Binary;

namespace Flowgen.Log.Cleaning;

/// <summary>Writes batches anew with a part of their records. Everything else stays: offsets, times, keys, headers, schema, producer, kind.</summary>
internal static class BatchRewriter
{
    /// <summary>Writes a batch with some of its records, uncompressed. CRC and length are right when it is <see cref="BatchHeader.Seal">sealed</see>.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="kept">Indexes of the records, rising.</param>
    /// <param name="cleanedAt">When compaction met the batch first; see <see cref="RecordFilter.NotYet"/>.</param>
    /// <param name="to">Where the batch goes; empty.</param>
    public static void Write(in RecordBatch batch, ReadOnlySpan<int> kept, long cleanedAt, ByteBuffer to)
    {
        to.Write(batch.Header);
        if (batch.HasTimestampColumn)
            WriteTimestamps(in batch, kept, to);
        WriteOffsets(in batch, kept, cleanedAt, to);
        if (!batch.IsFixed)
            WriteIndex(in batch, kept, to);
        foreach (int i in kept)
            to.Write(batch[i].Stored);
        to.WriteZeros(BatchFormat.Align(to.Length) - to.Length);
        WriteHeader(in batch, kept, to.Array.AsSpan(0, to.Length));
    }

    private static void WriteTimestamps(in RecordBatch batch, ReadOnlySpan<int> kept, ByteBuffer to)
    {
        var timestamps = batch.Timestamps;
        foreach (int i in kept)
            to.WriteInt64(timestamps[i]);
    }

    private static void WriteOffsets(in RecordBatch batch, ReadOnlySpan<int> kept, long cleanedAt, ByteBuffer to)
    {
        int start = to.Length;
        to.WriteInt64(cleanedAt);
        foreach (int i in kept)
            to.WriteUInt32(checked((uint)(batch.OffsetAt(i) - batch.BaseOffset)));
        to.WriteZeros(start + BatchOffsets.ColumnSize(kept.Length) - to.Length);
    }

    private static void WriteIndex(in RecordBatch batch, ReadOnlySpan<int> kept, ByteBuffer to)
    {
        uint end = 0;
        foreach (int i in kept)
        {
            var record = batch[i];
            uint keyEnd = end + (uint)record.Key.Length;
            uint valueEnd = keyEnd + (uint)record.ValueLength;
            end += (uint)record.Stored.Length;
            to.WriteUInt32(record.HasKey ? keyEnd : keyEnd | BatchFormat.NullFlag);
            to.WriteUInt32(record.IsTombstone ? valueEnd | BatchFormat.NullFlag : valueEnd);
            to.WriteUInt32(end);
        }
    }

    private static void WriteHeader(in RecordBatch batch, ReadOnlySpan<int> kept, Span<byte> written)
    {
        int attributes = BinaryPrimitives.ReadUInt16LittleEndian(written[BatchFormat.AttributesAt..]);
        BinaryPrimitives.WriteUInt16LittleEndian(written[BatchFormat.AttributesAt..], (ushort)(attributes | BatchFormat.OffsetsAttribute));
        BinaryPrimitives.WriteInt32LittleEndian(written[BatchFormat.LengthAt..], written.Length);
        BinaryPrimitives.WriteInt32LittleEndian(written[BatchFormat.CountAt..], kept.Length);
        if (batch.TimestampType == TimestampType.LogAppendTime)
            return;
        long min = long.MaxValue;
        long max = long.MinValue;
        foreach (int i in kept)
        {
            long timestamp = batch[i].Timestamp;
            min = Math.Min(min, timestamp);
            max = Math.Max(max, timestamp);
        }

        BinaryPrimitives.WriteInt64LittleEndian(written[BatchFormat.MinTimestampAt..], min);
        BinaryPrimitives.WriteInt64LittleEndian(written[BatchFormat.MaxTimestampAt..], max);
    }
}
