using System.Buffers.Binary;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>
/// A small file in which the owner of a log says which commit is the last durable one, so that other processes show nothing that a loss of
/// power could take back. Never synced, and rewritten in place: it speaks from a living process to others. Recovery believes it only that a
/// commit was durable: one that is gone since then is no torn tail. Magic u32, CRC u32 of the rest, sequence i64.
/// </summary>
internal sealed class DurableMark : IDisposable
{
    private const uint Magic = 0x314B4C46; // "FLK1"
    private const uint BufferedMagic = 0x31424B46; // "FKB1": not synced, so that it may be lost with the power
    private const int Size = 16;
    private const int MaxAttempts = 100;

    private readonly IFile _file;

    private DurableMark(IFile file) => _file = file;

    /// <summary>Opens the file to write it.</summary>
    public static DurableMark OpenOrCreate(IFileSystem files, LogLayout layout)
    {
        bool exists = files.List(layout.Root).Any(e => e.Name == LogLayout.DurableName);
        return new DurableMark(files.Open(layout.Durable, exists ? FileOpenMode.Existing : FileOpenMode.Create));
    }

    /// <summary>Opens the file to read it; null if there is none.</summary>
    public static DurableMark? TryOpen(IFileSystem files, LogLayout layout)
    {
        bool exists = files.List(layout.Root).Any(e => e.Name == LogLayout.DurableName);
        return exists ? new DurableMark(files.Open(layout.Durable, FileOpenMode.ReadOnly)) : null;
    }

    /// <summary>The commit that a former owner knew to be durable; 0 if that is unknown.</summary>
    public static long ReadSynced(IFileSystem files, LogLayout layout)
    {
        using var mark = TryOpen(files, layout);
        return mark?.TryRead(out long sequence, out bool isSynced) == true && isSynced ? sequence : 0;
    }

    /// <summary>Says that a commit is the last one to be shown.</summary>
    /// <param name="sequence">The commit.</param>
    /// <param name="isSynced">Whether it survives a loss of power, too.</param>
    public void Write(long sequence, bool isSynced)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, isSynced ? Magic : BufferedMagic);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Crc32C.Compute(bytes[8..]));
        _file.Write(0, bytes);
    }

    /// <summary>The last durable commit; null if the file does not say so, as after a loss of power.</summary>
    public long? Read()
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (TryRead(out long sequence, out _))
                return sequence;
            Thread.Yield(); // somebody may be writing it
        }

        return null;
    }

    public void Dispose() => _file.Dispose();

    private bool TryRead(out long sequence, out bool isSynced)
    {
        Span<byte> bytes = stackalloc byte[Size];
        int read = _file.Read(0, bytes);
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        sequence = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        isSynced = magic == Magic;
        return read == Size && magic is (Magic or BufferedMagic) && BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == Crc32C.Compute(bytes[8..]);
    }
}
