using Flowgen.Log.Files;

namespace Flowgen.Log.Tests.Support;

/// <summary>Counts the bytes that are read, and the files that are open.</summary>
internal sealed class CountingFileSystem(IFileSystem files) : IFileSystem
{
    private int _open;

    public long BytesRead { get; set; }

    /// <summary>The most files that were open at a time.</summary>
    public int MostOpen { get; private set; }

    public IDisposable? TryLock(string path, out int? holder) => files.TryLock(path, out holder);

    public IFile Open(string path, FileOpenMode mode)
    {
        var file = new CountingFile(this, files.Open(path, mode));
        MostOpen = Math.Max(MostOpen, ++_open);
        return file;
    }

    public void CreateDirectory(string path) => files.CreateDirectory(path);

    public void SyncDirectory(string path) => files.SyncDirectory(path);

    public void Rename(string from, string to) => files.Rename(from, to);

    public void Delete(string path) => files.Delete(path);

    public bool TryCreateLink(string existing, string path) => files.TryCreateLink(existing, path);

    public void DeleteDirectory(string path) => files.DeleteDirectory(path);

    public IReadOnlyList<FileEntry> List(string path) => files.List(path);

    private sealed class CountingFile(CountingFileSystem owner, IFile file) : IFile
    {
        public long Length => file.Length;

        public int Read(long position, Span<byte> buffer)
        {
            int read = file.Read(position, buffer);
            owner.BytesRead += read;
            return read;
        }

        public void Write(long position, ReadOnlySpan<byte> bytes) => file.Write(position, bytes);

        public void Truncate(long length) => file.Truncate(length);

        public void Reserve(long length) => file.Reserve(length);

        public void Sync() => file.Sync();

        public void Dispose()
        {
            owner._open--;
            file.Dispose();
        }
    }
}
