using System.Buffers.Binary;

namespace Flowgen.Log.Commits;

/// <summary>
/// How a commit file looks: a header of 64 bytes, then records one after the other, each a multiple of 8 long. The first record is a
/// checkpoint: the whole state. A record: magic u32, CRC u32 of the rest, length u32, version u16, flags u16, sequence i64, time i64,
/// length of the entries i32, length of the journal i32, entries, journal: the batches that are durable by this record, as entries of the
/// kind <see cref="CommitEntryKind.Data"/>.
/// </summary>
internal static class CommitFormat
{
    public const uint FileMagic = 0x31434C46; // "FLC1"
    public const uint RecordMagic = 0x31524C46; // "FLR1"
    public const ushort Version = 1;
    public const int FileHeaderSize = 64;
    public const int RecordHeaderSize = 40;
    public const int MaxFileBytes = 1 << 30;
    public const ushort CheckpointFlag = 1;

    /// <summary>The data of the commit were not synced before it (<see cref="Durability.OsBuffered"/>).</summary>
    public const ushort BufferedFlag = 2;

    /// <summary>The record holds again what the last one of the former file journals, because that one may not be on the disk.</summary>
    public const ushort RepeatFlag = 4;

    public static void WriteFileHeader(ByteBuffer to, long firstSequence)
    {
        var header = to.Reserve(FileHeaderSize);
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, FileMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], firstSequence);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Crc32C.Compute(header[8..]));
    }

    /// <summary>Leaves room for the header of a record; entries and journal follow, then <see cref="EndRecord"/>.</summary>
    public static int BeginRecord(ByteBuffer to)
    {
        int start = to.Length;
        to.WriteZeros(RecordHeaderSize);
        return start;
    }

    public static void EndRecord(ByteBuffer to, int start, int journal, ushort flags, long sequence, long time)
    {
        int entries = to.Length - start - RecordHeaderSize - journal;
        to.WriteZeros(BatchFormat.Align(entries + journal) - (entries + journal));
        var record = to.Array.AsSpan(start, to.Length - start);
        BinaryPrimitives.WriteUInt32LittleEndian(record, RecordMagic);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], record.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(record[12..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(record[14..], flags);
        BinaryPrimitives.WriteInt64LittleEndian(record[16..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(record[24..], time);
        BinaryPrimitives.WriteInt32LittleEndian(record[32..], entries);
        BinaryPrimitives.WriteInt32LittleEndian(record[36..], journal);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Crc32C.Compute(record[8..]));
    }

    /// <summary>Bytes of the record that starts here, if a whole one with a right CRC does; 0 otherwise.</summary>
    public static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < RecordHeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != RecordMagic)
            return 0;
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (length < RecordHeaderSize || length > bytes.Length || length % BatchFormat.Alignment != 0)
            return 0;
        int entries = BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]);
        int journal = BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]);
        return entries >= 0 && journal >= 0 && (long)entries + journal <= length - RecordHeaderSize && ActualCrc(bytes[..length]) == ExpectedCrc(bytes) ? length : 0;
    }

    public static uint ExpectedCrc(ReadOnlySpan<byte> record) => record.Length < 8 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(record[4..]);

    /// <summary>CRC of what a record holds, of as much as there is of it.</summary>
    public static uint ActualCrc(ReadOnlySpan<byte> record) => record.Length < 8 ? 0 : Crc32C.Compute(record[8..]);

    public static int VersionOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt16LittleEndian(record[12..]);

    public static ushort Flags(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt16LittleEndian(record[14..]);

    public static long Sequence(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record[16..]);

    public static ReadOnlySpan<byte> Entries(ReadOnlySpan<byte> record) =>
        record.Slice(RecordHeaderSize, BinaryPrimitives.ReadInt32LittleEndian(record[32..]));

    public static ReadOnlyMemory<byte> Journal(ReadOnlyMemory<byte> record) =>
        record.Slice(RecordHeaderSize + BinaryPrimitives.ReadInt32LittleEndian(record.Span[32..]), BinaryPrimitives.ReadInt32LittleEndian(record.Span[36..]));
}
