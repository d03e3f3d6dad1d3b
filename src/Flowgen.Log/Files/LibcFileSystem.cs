using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Flowgen.Log.Files;

/// <summary>The file system of Linux, with every fsync checked and directories made durable.</summary>
[SupportedOSPlatform("linux")]
public sealed class LibcFileSystem : PortableFileSystem
{
    private const int OwnerWritesAllRead = 0x1A4; // rw-r--r--

    /// <inheritdoc/>
    public override IDisposable? TryLock(string path, out int? holder)
    {
        var handle = Libc.Open(path, Libc.ReadWrite | Libc.Create | Libc.NoFollow, OwnerWritesAllRead);
        try
        {
            if (Libc.TryLock(handle, path))
            {
                holder = null;
                WriteHolder(handle);
                return new HeldLock(handle);
            }

            holder = ReadHolder(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }

        handle.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public override IFile Open(string path, FileOpenMode mode)
    {
        if (mode == FileOpenMode.ReadOnly)
            return new LibcFile(path, Libc.Open(path, Libc.ReadOnly | Libc.NoFollow, 0));
        int create = mode == FileOpenMode.Create ? Libc.Create | Libc.Truncate : 0;
        return new LibcFile(path, Libc.Open(path, Libc.ReadWrite | Libc.NoFollow | create, OwnerWritesAllRead));
    }

    /// <inheritdoc/>
    public override bool TryCreateLink(string existing, string path) => Libc.TryLink(existing, path);

    /// <inheritdoc/>
    public override void SyncDirectory(string path)
    {
        using var handle = OpenDirectory(path);
        Libc.Sync(handle, path);
    }

    private static SafeFileHandle OpenDirectory(string path)
    {
        try
        {
            return Libc.Open(path, Libc.ReadOnly | Libc.DirectoryOnly, 0);
        }
        catch (IOException e)
        {
            throw new SyncNotStartedException(path, e);
        }
    }

    // Closing the file alone would not do: a process that is being started has it, too, for a moment, and with it the lock.
    private sealed class HeldLock(SafeFileHandle handle) : IDisposable
    {
        public void Dispose()
        {
            if (!handle.IsClosed)
                Libc.Unlock(handle);
            handle.Dispose();
        }
    }
}
