using System.Buffers.Binary;
using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>
/// The marker that a clean shutdown leaves: which commit was the last, and where it ends in which file. The commit log holds the end of
/// every segment, so that after a clean shutdown every missing or extra byte is a defect.
/// </summary>
internal readonly record struct CleanMarker(long CommitFile, long CommitEnd, long Sequence)
{
    private const uint Magic = 0x314D4C46; // "FLM1"
    private const int Size = 40;

    public void Write(IFileSystem files, LogLayout layout)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], CommitFile);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], CommitEnd);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], Sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Crc32C.Compute(bytes[8..]));
        files.WriteDurably(layout.Root, LogLayout.CleanName, bytes);
    }

    public static CleanMarker Read(IFileSystem files, LogLayout layout)
    {
        byte[] bytes = files.ReadAll(layout.Clean, Size);
        bool right = bytes.Length == Size && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)) == Crc32C.Compute(bytes.AsSpan(8));
        if (!right)
            throw new LogCorruptionException($"The marker of the clean shutdown '{layout.Clean}' is damaged. Nothing was changed; restore the log from a backup.");
        return new CleanMarker(
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24)));
    }
}
