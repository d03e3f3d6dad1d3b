using System.Buffers;

namespace Flowgen.Log.Files;

/// <summary>The file system of this machine, and what can be built from the few calls of <see cref="IFileSystem"/>.</summary>
internal static class FileSystems
{
    public const string TemporarySuffix = ".tmp";

    public static IFileSystem ForThisMachine => OperatingSystem.IsLinux() ? new LibcFileSystem() : new PortableFileSystem();

    /// <summary>Writes a file so that after a crash it is there with all its bytes or not at all.</summary>
    /// <exception cref="FileNotWrittenException">It failed before the file got its name, and before a sync; or there was no room.</exception>
    public static void WriteDurably(this IFileSystem files, string directory, string name, ReadOnlySpan<byte> content, long room = 0)
    {
        string path = Path.Combine(directory, name);
        string temporary = path + TemporarySuffix;
        bool isSyncing = false;
        try
        {
            using (var file = files.Open(temporary, FileOpenMode.Create))
            {
                if (room > 0)
                    file.Reserve(content.Length + room);
                file.Write(0, content);
                isSyncing = true; // a failure of it, or of what follows, is one of the disk
                file.Sync();
            }

            files.Rename(temporary, path);
        }
        catch (IOException e) when (!isSyncing || DiskSpace.IsUsedUp(e))
        {
            DeleteIfPossible(files, temporary);
            throw new FileNotWrittenException(path, e);
        }

        SyncName(files, directory, path);
    }

    // Who opens the log deletes what is left.
    private static void DeleteIfPossible(IFileSystem files, string path)
    {
        try
        {
            files.Delete(path);
        }
        catch (IOException)
        {
            return;
        }
    }

    // Never told as a full disk: the file is there, though perhaps not durably, and who put it off now would go on beside it.
    private static void SyncName(IFileSystem files, string directory, string path)
    {
        try
        {
            files.SyncDirectory(directory);
        }
        catch (IOException e)
        {
            throw new IOException($"The name of '{path}' could not be made durable: {e.Message}", e);
        }
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="LogCorruptionException">The file is longer than it can be.</exception>
    public static byte[] ReadAll(this IFileSystem files, string path, int maxLength)
    {
        using var file = files.Open(path, FileOpenMode.Existing);
        long length = file.Length;
        if (length > maxLength)
            throw new LogCorruptionException($"'{path}' has {length} bytes; such a file has at most {maxLength}. Restore the file from a backup.");
        var content = new byte[length];
        int read = file.Read(0, content);
        return read == length ? content : throw new LogCorruptionException($"'{path}' ended at {read} of its {length} bytes.");
    }

    /// <summary>Copies a part of a file to a new, durable one beside it.</summary>
    public static void CopyDurably(this IFileSystem files, IFile source, long start, long end, string target)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        using (var copy = files.Open(target, FileOpenMode.Create))
        {
            for (long position = start; position < end;)
            {
                int count = source.Read(position, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - position)));
                if (count == 0)
                    break;
                copy.Write(position - start, buffer.AsSpan(0, count));
                position += count;
            }

            copy.Sync();
        }

        ArrayPool<byte>.Shared.Return(buffer);
        files.SyncDirectory(Path.GetDirectoryName(target)!);
    }
}
