using System.Buffers.Binary;
using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>The first 64 bytes of a segment: magic, CRC of the rest, version, topic, partition, base offset. A file in the wrong place is found out.</summary>
internal static class SegmentHeader
{
    public const int Size = 64;
    private const uint Magic = 0x31534C46; // "FLS1"
    private const ushort Version = 1;

    public static void Write(Span<byte> header, int topicId, int partition, long baseOffset)
    {
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], topicId);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], partition);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], baseOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Crc32C.Compute(header[8..Size]));
    }

    /// <summary>The topic of a segment; null where its header is damaged, or not written yet.</summary>
    public static int? TopicOf(IFile file)
    {
        Span<byte> header = stackalloc byte[Size];
        bool isWhole = file.Read(0, header) == Size && BinaryPrimitives.ReadUInt32LittleEndian(header) == Magic
            && BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) == Crc32C.Compute(header[8..]);
        return isWhole ? BinaryPrimitives.ReadInt32LittleEndian(header[12..]) : null;
    }

    /// <summary>Whether a file is a segment of another topic, as far as its header can be read.</summary>
    public static bool IsOfAnotherTopic(IFile file, int topicId) => TopicOf(file) is { } found && found != topicId;

    /// <summary>Checks the header of a committed segment.</summary>
    /// <exception cref="LogCorruptionException">It is damaged, or belongs to another segment.</exception>
    /// <exception cref="LogFormatException">It is of a newer format.</exception>
    public static void Check(ReadOnlySpan<byte> header, string path, int topicId, int partition, long baseOffset)
    {
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        uint actual = Crc32C.Compute(header[8..Size]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic || expected != actual)
            throw new LogCorruptionException($"The header of '{path}' is damaged (CRC at 4: expected {expected:x8}, actual {actual:x8}). Nothing was changed; restore the file from a backup.");
        int version = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        if (version > Version)
            throw new LogFormatException($"'{path}' has segment format {version}; this program reads formats up to {Version}. Nothing was changed; open the log with a newer Flowgen.");
        bool belongs = BinaryPrimitives.ReadInt32LittleEndian(header[12..]) == topicId && BinaryPrimitives.ReadInt32LittleEndian(header[16..]) == partition
            && BinaryPrimitives.ReadInt64LittleEndian(header[24..]) == baseOffset;
        if (!belongs)
            throw new LogCorruptionException($"'{path}' holds a segment of another partition. Nothing was changed; put each file back where it belongs.");
    }
}
