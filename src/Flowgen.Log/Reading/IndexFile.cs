using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Flowgen.Log.Files;

namespace Flowgen.Log;

/// <summary>
/// The file of the index of a sealed segment. A header of 72 bytes: magic u32, CRC u32 of all that follows, version u16, 2 zeros, topic i32,
/// partition i32, generation i32, base offset i64, end i64, next offset i64, largest timestamp i64, number of entries i32, zeros; then the
/// entries, each three i64: offset, position, largest timestamp before. It is never synced: what it says counts only if all of this fits.
/// </summary>
internal static class IndexFile
{
    private const uint Magic = 0x31494C46; // "FLI1"
    private const ushort Version = 1;
    private const int HeaderSize = 72;
    private const int EntrySize = 24;
    private const int MaxFileBytes = 64 << 20;

    public static void Write(IFileSystem files, in SegmentExtent extent, SegmentIndex index)
    {
        var bytes = new byte[HeaderSize + (index.Count * EntrySize)];
        WriteIdentity(bytes, extent, index.Count);
        for (int i = 0; i < index.Count; i++)
        {
            var entry = bytes.AsSpan(HeaderSize + (i * EntrySize), EntrySize);
            BinaryPrimitives.WriteInt64LittleEndian(entry, index.Entries[i].Offset);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], index.Entries[i].Position);
            BinaryPrimitives.WriteInt64LittleEndian(entry[16..], index.Entries[i].MaxTimestamp);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Crc32C.Compute(bytes.AsSpan(8)));
        using var file = files.Open(extent.Segment.IndexPath, FileOpenMode.Create);
        file.Write(0, bytes);
    }

    /// <summary>Reads the index of a segment.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="extent">The segment.</param>
    /// <param name="index">The index.</param>
    /// <param name="defect">What is wrong with the file; null if all is well or there is none.</param>
    /// <returns>Whether there is one that can be used.</returns>
    public static bool TryRead(IFileSystem files, in SegmentExtent extent, [NotNullWhen(true)] out SegmentIndex? index, out string? defect)
    {
        index = null;
        defect = null;
        try
        {
            byte[] bytes = files.ReadAll(extent.Segment.IndexPath, MaxFileBytes);
            defect = Defect(bytes, extent);
            if (defect is null)
                index = new SegmentIndex(Entries(bytes), extent.End, extent.NextOffset, extent.MaxTimestamp);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or LogCorruptionException)
        {
            defect = e.Message;
        }

        return index is not null;
    }

    private static void WriteIdentity(Span<byte> header, in SegmentExtent extent, int count)
    {
        header[..HeaderSize].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], extent.Partition.TopicId);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], extent.Partition.Index);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], extent.Segment.Generation);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], extent.Segment.BaseOffset);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], extent.End);
        BinaryPrimitives.WriteInt64LittleEndian(header[40..], extent.NextOffset);
        BinaryPrimitives.WriteInt64LittleEndian(header[48..], extent.MaxTimestamp);
        BinaryPrimitives.WriteInt32LittleEndian(header[56..], count);
    }

    private static string? Defect(ReadOnlySpan<byte> bytes, in SegmentExtent extent)
    {
        if (bytes.Length < HeaderSize + EntrySize || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
            return "it is no index";
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        uint actual = Crc32C.Compute(bytes[8..]);
        if (expected != actual)
            return $"expected CRC {expected:x8}, actual {actual:x8}";
        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) != Version)
            return $"it has version {BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])}";
        Span<byte> identity = stackalloc byte[HeaderSize];
        WriteIdentity(identity, extent, (bytes.Length - HeaderSize) / EntrySize);
        return bytes[8..HeaderSize].SequenceEqual(identity[8..]) && (bytes.Length - HeaderSize) % EntrySize == 0
            ? null
            : "it belongs to another segment, or to another state of this one";
    }

    private static IndexEntry[] Entries(byte[] bytes)
    {
        var numbers = MemoryMarshal.Cast<byte, long>(bytes.AsSpan(HeaderSize));
        var entries = new IndexEntry[numbers.Length / 3];
        for (int i = 0; i < entries.Length; i++)
            entries[i] = new IndexEntry(Number(numbers[i * 3]), Number(numbers[(i * 3) + 1]), Number(numbers[(i * 3) + 2]));
        return entries;
    }

    private static long Number(long stored) => BitConverter.IsLittleEndian ? stored : BinaryPrimitives.ReverseEndianness(stored);
}
