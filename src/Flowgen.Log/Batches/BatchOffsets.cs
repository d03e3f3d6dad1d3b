using System.Buffers.Binary;

namespace Flowgen.Log;

/// <summary>
/// Offsets of the records of a batch: base offset + index, unless compaction has removed records. Then the batch has a column behind that of
/// the timestamps: when it was compacted first, as i64, then how far each record lies behind the base offset, as u32, filled up to 8 bytes.
/// </summary>
internal static class BatchOffsets
{
    public const int CleanedAtSize = 8;
    private const int DeltaSize = 4;

    /// <summary>Bytes of the column of so many records.</summary>
    public static int ColumnSize(int count) => CleanedAtSize + BatchFormat.Align(count * DeltaSize);

    public static bool HasColumn(ReadOnlySpan<byte> batch) => (Attributes(batch) & BatchFormat.OffsetsAttribute) != 0;

    /// <summary>Offset of a record; the batch is uncompressed.</summary>
    public static long At(ReadOnlySpan<byte> batch, int index)
    {
        long baseOffset = BatchHeader.BaseOffset(batch);
        return HasColumn(batch) ? baseOffset + Delta(batch, index) : baseOffset + index;
    }

    /// <summary>Index of the first record at or behind an offset; the count if there is none.</summary>
    public static int IndexOf(ReadOnlySpan<byte> batch, long offset)
    {
        long wanted = offset - BatchHeader.BaseOffset(batch);
        int count = BatchHeader.Count(batch);
        if (!HasColumn(batch))
            return (int)Math.Clamp(wanted, 0, count);
        int low = 0;
        int high = count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Delta(batch, middle) < wanted)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>When compaction first met the batch, in Unix milliseconds. The batch has the column.</summary>
    public static long CleanedAt(ReadOnlySpan<byte> batch) => BinaryPrimitives.ReadInt64LittleEndian(batch[ColumnStart(batch)..]);

    /// <summary>Whether the column cannot be right: offsets rise, and none is behind the last offset of the batch.</summary>
    public static bool Contradict(ReadOnlySpan<byte> batch)
    {
        long last = -1;
        for (int i = 0; i < BatchHeader.Count(batch); i++)
        {
            long delta = Delta(batch, i);
            if (delta <= last)
                return true;
            last = delta;
        }

        return last > BinaryPrimitives.ReadUInt32LittleEndian(batch[BatchFormat.LastOffsetDeltaAt..]);
    }

    private static uint Delta(ReadOnlySpan<byte> batch, int index) =>
        BinaryPrimitives.ReadUInt32LittleEndian(batch[(ColumnStart(batch) + CleanedAtSize + (index * DeltaSize))..]);

    private static int ColumnStart(ReadOnlySpan<byte> batch) =>
        BatchFormat.HeaderSize + ((Attributes(batch) & BatchFormat.TimestampsAttribute) != 0 ? BatchHeader.Count(batch) * 8 : 0);

    private static int Attributes(ReadOnlySpan<byte> batch) => BinaryPrimitives.ReadUInt16LittleEndian(batch[BatchFormat.AttributesAt..]);
}
