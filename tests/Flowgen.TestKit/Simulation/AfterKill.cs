using Flowgen.Log.Files;

namespace Flowgen.TestKit.Simulation;

/// <summary>The disk as another process finds it after the first was killed: all that was written is there, and no lock.</summary>
public sealed class AfterKill(IFileSystem files) : IFileSystem
{
    public IDisposable? TryLock(string path, out int? holder)
    {
        holder = null;
        return new Free();
    }

    public IFile Open(string path, FileOpenMode mode) => files.Open(path, mode);

    public void CreateDirectory(string path) => files.CreateDirectory(path);

    public void SyncDirectory(string path) => files.SyncDirectory(path);

    public void Rename(string from, string to) => files.Rename(from, to);

    public void Delete(string path) => files.Delete(path);

    public bool TryCreateLink(string existing, string path) => files.TryCreateLink(existing, path);

    public void DeleteDirectory(string path) => files.DeleteDirectory(path);

    public IReadOnlyList<FileEntry> List(string path) => files.List(path);

    private sealed class Free : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
