using Flowgen.Log.Files;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>The disk of this machine, except that every sync of a file takes its time, whatever the machine has.</summary>
internal sealed class SlowDisk(TimeSpan syncTime, Action onSync) : IFileSystem
{
    private readonly IFileSystem _files = FileSystems.ForThisMachine;

    public IDisposable? TryLock(string path, out int? holder) => _files.TryLock(path, out holder);

    public IFile Open(string path, FileOpenMode mode) => new SlowFile(_files.Open(path, mode), this);

    public void CreateDirectory(string path) => _files.CreateDirectory(path);

    public void SyncDirectory(string path) => _files.SyncDirectory(path);

    public void Rename(string from, string to) => _files.Rename(from, to);

    public void Delete(string path) => _files.Delete(path);

    public bool TryCreateLink(string existing, string path) => _files.TryCreateLink(existing, path);

    public void DeleteDirectory(string path) => _files.DeleteDirectory(path);

    public IReadOnlyList<FileEntry> List(string path) => _files.List(path);

    private void Sync()
    {
        Thread.Sleep(syncTime); // this is the disk, not a wait for somebody
        onSync();
    }

    private sealed class SlowFile(IFile file, SlowDisk disk) : IFile
    {
        public long Length => file.Length;

        public int Read(long position, Span<byte> buffer) => file.Read(position, buffer);

        public void Write(long position, ReadOnlySpan<byte> bytes) => file.Write(position, bytes);

        public void Truncate(long length) => file.Truncate(length);

        public void Reserve(long length) => file.Reserve(length);

        public void Sync() => disk.Sync();

        public void Dispose() => file.Dispose();
    }
}
