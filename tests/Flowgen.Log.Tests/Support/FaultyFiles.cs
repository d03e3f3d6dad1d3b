using Flowgen.Log.Files;

namespace Flowgen.Log.Tests.Support;

/// <summary>The file system of this machine, until a test says that writes to segments, or syncs, fail.</summary>
internal sealed class FaultyFiles : IFileSystem
{
    private readonly IFileSystem _files = FileSystems.ForThisMachine;

    /// <summary>Whether the disk is full: what is written to segments fails.</summary>
    public bool IsFull { get; set; }

    /// <summary>Whether commit files are written, and their sync then fails.</summary>
    public bool SyncFails { get; set; }

    /// <summary>Which stretches of files cannot be read: path, position and length.</summary>
    public Func<string, long, int, bool> IsUnreadable { get; set; } = (_, _, _) => false;

    /// <summary>Called before each read, with the path.</summary>
    public Action<string> BeforeRead { get; set; } = _ => { };

    /// <summary>Called before each write, with the path.</summary>
    public Action<string> BeforeWrite { get; set; } = _ => { };

    /// <summary>Called before each sync.</summary>
    public Action BeforeSync { get; set; } = () => { };

    public IDisposable? TryLock(string path, out int? holder) => _files.TryLock(path, out holder);

    public IFile Open(string path, FileOpenMode mode) => new FaultyFile(this, path, _files.Open(path, mode));

    public void CreateDirectory(string path) => _files.CreateDirectory(path);

    public void SyncDirectory(string path) => _files.SyncDirectory(path);

    public void Rename(string from, string to) => _files.Rename(from, to);

    public void Delete(string path) => _files.Delete(path);

    public bool TryCreateLink(string existing, string path) => _files.TryCreateLink(existing, path);

    public void DeleteDirectory(string path) => _files.DeleteDirectory(path);

    public IReadOnlyList<FileEntry> List(string path) => _files.List(path);

    private sealed class FaultyFile(FaultyFiles files, string path, IFile file) : IFile
    {
        public long Length => file.Length;

        public int Read(long position, Span<byte> buffer)
        {
            files.BeforeRead(path);
            if (files.IsUnreadable(path, position, buffer.Length))
                throw new IOException("Input/output error.");
            return file.Read(position, buffer);
        }

        public void Write(long position, ReadOnlySpan<byte> bytes)
        {
            files.BeforeWrite(path);
            if (files.IsFull && path.EndsWith(".segment", StringComparison.Ordinal))
                throw new IOException("No space left on device.");
            file.Write(position, bytes);
        }

        public void Truncate(long length) => file.Truncate(length);

        public void Reserve(long length) => file.Reserve(length);

        public void Sync()
        {
            files.BeforeSync();
            file.Sync();
            if (files.SyncFails)
                throw new IOException("Input/output error.");
        }

        public void Dispose() => file.Dispose();
    }
}
