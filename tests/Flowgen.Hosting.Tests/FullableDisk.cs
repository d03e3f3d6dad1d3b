using Flowgen.Log.Files;

namespace Flowgen.Hosting.Tests;

/// <summary>The disk of this machine, which is full when a test says so.</summary>
internal sealed class FullableDisk : IFileSystem
{
    private const int NoSpace = 28;
    private const int EnoughTries = 5; // more than one start of an app makes

    private readonly IFileSystem _files = FileSystems.ForThisMachine;
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isFull;
    private int _tries;

    /// <summary>Fills the disk.</summary>
    /// <returns>Done when it has been tried to write again and again.</returns>
    public Task Fill()
    {
        _isFull = true;
        return _refused.Task;
    }

    public void MakeRoom() => _isFull = false;

    public IDisposable? TryLock(string path, out int? holder) => _files.TryLock(path, out holder);

    public IFile Open(string path, FileOpenMode mode) => new FullableFile(_files.Open(path, mode), this);

    public void CreateDirectory(string path) => _files.CreateDirectory(path);

    public void SyncDirectory(string path) => _files.SyncDirectory(path);

    public void Rename(string from, string to) => _files.Rename(from, to);

    public void Delete(string path) => _files.Delete(path);

    public bool TryCreateLink(string existing, string path) => _files.TryCreateLink(existing, path);

    public void DeleteDirectory(string path) => _files.DeleteDirectory(path);

    public IReadOnlyList<FileEntry> List(string path) => _files.List(path);

    private void ThrowIfFull()
    {
        if (!_isFull) return;
        if (Interlocked.Increment(ref _tries) == EnoughTries) _refused.SetResult();
        throw new IOException("No space left on device.", NoSpace);
    }

    private sealed class FullableFile(IFile file, FullableDisk disk) : IFile
    {
        public long Length => file.Length;

        public int Read(long position, Span<byte> buffer) => file.Read(position, buffer);

        public void Write(long position, ReadOnlySpan<byte> bytes)
        {
            disk.ThrowIfFull();
            file.Write(position, bytes);
        }

        public void Truncate(long length) => file.Truncate(length);

        public void Reserve(long length)
        {
            disk.ThrowIfFull();
            file.Reserve(length);
        }

        public void Sync() => file.Sync();

        public void Dispose() => file.Dispose();
    }
}
