using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Flowgen.Log;

/// <summary>Fills in what only the log knows of a batch, and checks what a file says of one.</summary>
internal static class BatchHeader
{
    /// <summary>Fills in base offset and time of the append, then the CRC of the whole.</summary>
    public static void Seal(Span<byte> batch, long baseOffset, long appendedAt)
    {
        BinaryPrimitives.WriteInt64LittleEndian(batch[BatchFormat.BaseOffsetAt..], baseOffset);
        BinaryPrimitives.WriteInt64LittleEndian(batch[BatchFormat.AppendedAtAt..], appendedAt);
        BinaryPrimitives.WriteUInt32LittleEndian(batch[BatchFormat.CrcAt..], Crc32C.Compute(batch[BatchFormat.CrcStart..]));
    }

    /// <summary>Says that the time of each record is that of the append. Call it before <see cref="Seal"/>.</summary>
    public static void StampAppendTime(Span<byte> header, long appendedAt)
    {
        int attributes = BinaryPrimitives.ReadUInt16LittleEndian(header[BatchFormat.AttributesAt..]);
        BinaryPrimitives.WriteUInt16LittleEndian(header[BatchFormat.AttributesAt..], (ushort)(attributes | BatchFormat.AppendTimeAttribute));
        BinaryPrimitives.WriteInt64LittleEndian(header[BatchFormat.MinTimestampAt..], appendedAt);
        BinaryPrimitives.WriteInt64LittleEndian(header[BatchFormat.MaxTimestampAt..], appendedAt);
    }

    /// <summary>
    /// Puts the time of the append into the column of the timestamps of a batch that is <see cref="StampAppendTime">stamped</see>. What is stored
    /// is what the producer has sent, because the log does not know the time before a compressed batch is complete. Call it when the CRC is checked
    /// and the batch uncompressed.
    /// </summary>
    public static void ShowAppendTime(Span<byte> batch)
    {
        int attributes = BinaryPrimitives.ReadUInt16LittleEndian(batch[BatchFormat.AttributesAt..]);
        if ((attributes & BatchFormat.AppendTimeAttribute) == 0 || (attributes & BatchFormat.TimestampsAttribute) == 0)
            return;
        MemoryMarshal.Cast<byte, long>(batch.Slice(BatchFormat.HeaderSize, Count(batch) * 8)).Fill(MaxTimestamp(batch));
    }

    public static int Length(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header[BatchFormat.LengthAt..]);

    public static int Count(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header[BatchFormat.CountAt..]);

    public static long BaseOffset(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[BatchFormat.BaseOffsetAt..]);

    public static long NextOffset(ReadOnlySpan<byte> header) => BaseOffset(header) + BinaryPrimitives.ReadUInt32LittleEndian(header[BatchFormat.LastOffsetDeltaAt..]) + 1;

    public static long AppendedAt(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[BatchFormat.AppendedAtAt..]);

    public static long MaxTimestamp(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[BatchFormat.MaxTimestampAt..]);

    /// <summary>What is wrong with a header, or null. Says nothing of the CRC.</summary>
    public static string? Defect(ReadOnlySpan<byte> header, long available)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != BatchFormat.Magic)
            return $"no batch starts here (magic {BinaryPrimitives.ReadUInt32LittleEndian(header):x8}, expected {BatchFormat.Magic:x8})";
        int length = Length(header);
        if (length < BatchFormat.HeaderSize || length % BatchFormat.Alignment != 0 || length > available)
            return $"a batch of {length} bytes does not fit into the {available} bytes that are there";
        int count = Count(header);
        if (count < (BatchOffsets.HasColumn(header) ? 0 : 1) || BinaryPrimitives.ReadUInt32LittleEndian(header[BatchFormat.LastOffsetDeltaAt..]) > int.MaxValue)
            return $"a batch cannot have {count} records";
        long minimum = BatchCompression.Of(header) == CompressionType.None ? PlainMinimumLength(header) : BatchCompression.MinimumLength;
        return minimum > length ? $"{count} records do not fit into a batch of {length} bytes" : null;
    }

    /// <summary>Whether the CRC of a whole batch is right.</summary>
    public static bool CrcIsRight(ReadOnlySpan<byte> batch, out uint expected, out uint actual)
    {
        expected = BinaryPrimitives.ReadUInt32LittleEndian(batch[BatchFormat.CrcAt..]);
        actual = Crc32C.Compute(batch[BatchFormat.CrcStart..]);
        return expected == actual;
    }

    /// <summary>What this version cannot read in a batch whose CRC is right, or null.</summary>
    public static string? Unreadable(ReadOnlySpan<byte> header)
    {
        int version = BinaryPrimitives.ReadUInt16LittleEndian(header[BatchFormat.VersionAt..]);
        if (version > BatchFormat.Version)
            return $"batch format {version} (this program reads formats up to {BatchFormat.Version})";
        var compression = BatchCompression.Of(header);
        if (!BatchCompression.IsKnown(compression))
            return $"batch compression {(int)compression} that this program does not know";
        int unknown = BinaryPrimitives.ReadUInt16LittleEndian(header[BatchFormat.AttributesAt..]) & ~BatchFormat.KnownAttributes;
        return unknown != 0 ? $"batch attributes {unknown:x4} that this program does not know" : null;
    }

    /// <summary>What cannot be in a batch whose CRC is right, or null: a reader relies on it.</summary>
    public static string? Contradiction(ReadOnlySpan<byte> header)
    {
        int attributes = BinaryPrimitives.ReadUInt16LittleEndian(header[BatchFormat.AttributesAt..]);
        bool hasTimestamps = (attributes & BatchFormat.TimestampsAttribute) != 0;
        if (BinaryPrimitives.ReadInt32LittleEndian(header[BatchFormat.LastOffsetDeltaAt..]) < Count(header) - 1)
            return "its last offset lies before its last record";
        if ((attributes & BatchFormat.FixedAttribute) == 0)
            return hasTimestamps ? null : "its records have no timestamps";
        int stride = BinaryPrimitives.ReadUInt16LittleEndian(header[BatchFormat.StrideAt..]);
        int timeOffset = BinaryPrimitives.ReadInt16LittleEndian(header[BatchFormat.TimeOffsetAt..]);
        if (!hasTimestamps && (timeOffset < 0 || timeOffset + 8 > stride || header[BatchFormat.TimeUnitAt] > (byte)LogTimeUnit.Ticks))
            return $"its time at {timeOffset} does not lie in a value of {stride} bytes";
        int parts = header[BatchFormat.KeyPartCountAt];
        if (stride < 1 || parts > RecordLayout.MaxKeyParts)
            return $"it has {parts} key parts in values of {stride} bytes";
        for (int i = 0; i < parts; i++)
        {
            var part = FixedKeys.Part(header, i);
            if (part.Length < 1 || part.Offset + part.Length > stride)
                return $"its key part of {part.Length} bytes at {part.Offset} does not lie in a value of {stride} bytes";
        }

        return null;
    }

    /// <summary>Fewest bytes of the batch when it is not compressed.</summary>
    public static long PlainMinimumLength(ReadOnlySpan<byte> header)
    {
        int count = Count(header);
        int attributes = BinaryPrimitives.ReadUInt16LittleEndian(header[BatchFormat.AttributesAt..]);
        long timestamps = (attributes & BatchFormat.TimestampsAttribute) != 0 ? 8 : 0;
        long record = (attributes & BatchFormat.FixedAttribute) != 0
            ? BinaryPrimitives.ReadUInt16LittleEndian(header[BatchFormat.StrideAt..])
            : BatchFormat.IndexEntrySize;
        long offsets = BatchOffsets.HasColumn(header) ? BatchOffsets.CleanedAtSize + (4L * count) : 0;
        return BatchFormat.HeaderSize + (count * (timestamps + record)) + offsets;
    }
}
