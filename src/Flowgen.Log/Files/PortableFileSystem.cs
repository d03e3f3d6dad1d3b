using System.Buffers.Text;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Flowgen.Log.Files;

/// <summary>
/// The file system through .NET alone, for Windows and macOS. On macOS .NET reports no failed flush, and nowhere can it flush a directory:
/// on Windows the file system does that itself.
/// </summary>
public class PortableFileSystem : IFileSystem
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int UnixWouldBlock = 35; // of macOS and the BSDs

    /// <inheritdoc/>
    public virtual IDisposable? TryLock(string path, out int? holder)
    {
        RefuseLink(path);
        var handle = TryOpenAlone(path);
        if (handle is null)
        {
            holder = OperatingSystem.IsWindows() ? ReadHolder(path) : null;
            return null;
        }

        try
        {
            holder = null;
            WriteHolder(handle);
            RefuseWithoutLocks(path);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public virtual IFile Open(string path, FileOpenMode mode)
    {
        RefuseLink(path);
        var access = mode == FileOpenMode.ReadOnly ? FileAccess.Read : FileAccess.ReadWrite;
        return new PortableFile(path, File.OpenHandle(path, mode == FileOpenMode.Create ? FileMode.Create : FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete));
    }

    /// <inheritdoc/>
    public void CreateDirectory(string path)
    {
        RefuseLink(path);
        Directory.CreateDirectory(path);
    }

    /// <inheritdoc/>
    public virtual void SyncDirectory(string path)
    {
    }

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc/>
    public virtual bool TryCreateLink(string existing, string path) => false;

    /// <inheritdoc/>
    public void DeleteDirectory(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path);
    }

    /// <inheritdoc/>
    public IReadOnlyList<FileEntry> List(string path)
    {
        var directory = new DirectoryInfo(path);
        return directory.Exists ? [.. directory.EnumerateFileSystemInfos().Select(Entry)] : [];
    }

    /// <summary>Writes down who has the lock, as a help for who is refused it: on a full disk it is held without that.</summary>
    private protected static void WriteHolder(SafeFileHandle handle)
    {
        byte[] text = Encoding.ASCII.GetBytes(FormattableString.Invariant($"{Environment.ProcessId}\n"));
        try
        {
            RandomAccess.Write(handle, text, 0);
            RandomAccess.SetLength(handle, text.Length);
        }
        catch (IOException e) when (DiskSpace.IsUsedUp(e))
        {
            return;
        }
    }

    /// <summary>The process id in a lock file, if there is one.</summary>
    private protected static int? ReadHolder(SafeFileHandle handle)
    {
        Span<byte> text = stackalloc byte[16];
        int length = RandomAccess.Read(handle, text, 0);
        return Utf8Parser.TryParse(text[..length], out int processId, out _) ? processId : null;
    }

    // Unix has advisory locks only, and .NET takes the exclusive one for FileShare.None; on Windows others may read who holds it.
    private static SafeFileHandle? TryOpenAlone(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None);
        }
        catch (IOException e) when (IsInUse(e))
        {
            return null;
        }
    }

    // .NET opens the file all the same where the file system has no locks, or they are switched off: then nobody is refused.
    private static void RefuseWithoutLocks(string path)
    {
        using var second = TryOpenAlone(path);
        if (second is not null)
            throw new IOException($"'{path}' cannot be locked on this file system, so that two processes could write to the log. Put the log on a disk with locks.");
    }

    private static bool IsInUse(IOException failure) => OperatingSystem.IsWindows()
        ? failure.HResult is SharingViolation or LockViolation
        : failure.HResult == (OperatingSystem.IsLinux() ? Libc.WouldBlock : UnixWouldBlock);

    private static int? ReadHolder(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return ReadHolder(handle);
    }

    private static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
            throw new IOException($"'{path}' is a symbolic link, which the log does not follow. Put the file or directory itself there.");
    }

    private static FileEntry Entry(FileSystemInfo info)
    {
        if ((info.Attributes & FileAttributes.ReparsePoint) != 0)
            return new FileEntry(info.Name, FileKind.Link);
        return new FileEntry(info.Name, info is DirectoryInfo ? FileKind.Directory : FileKind.File);
    }
}
