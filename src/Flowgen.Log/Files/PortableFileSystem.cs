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
    /// <inheritdoc/>
    public virtual IDisposable? TryLock(string path, out int? holder)
    {
        holder = null;
        try
        {
            // Unix has advisory locks only, and .NET takes the exclusive one for FileShare.None; on Windows others may read who holds it.
            var share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;
            var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
            RandomAccess.SetLength(handle, 0);
            RandomAccess.Write(handle, ProcessId(), 0);
            return handle;
        }
        catch (IOException) when (File.Exists(path))
        {
            holder = OperatingSystem.IsWindows() ? ReadHolder(path) : null;
            return null;
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

    /// <summary>The text of a lock file of this process.</summary>
    private protected static byte[] ProcessId() => Encoding.ASCII.GetBytes(FormattableString.Invariant($"{Environment.ProcessId}\n"));

    /// <summary>The process id in a lock file, if there is one.</summary>
    private protected static int? ReadHolder(SafeFileHandle handle)
    {
        Span<byte> text = stackalloc byte[16];
        int length = RandomAccess.Read(handle, text, 0);
        return Utf8Parser.TryParse(text[..length], out int processId, out _) ? processId : null;
    }

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
