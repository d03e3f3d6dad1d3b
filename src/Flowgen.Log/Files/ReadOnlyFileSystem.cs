namespace Flowgen.Log.Files;

/// <summary>A file system of which nothing can be changed: who reads the log of another process cannot do it harm by mistake.</summary>
internal class ReadOnlyFileSystem(IFileSystem files) : IFileSystem
{
    public virtual IFile Open(string path, FileOpenMode mode) =>
        mode == FileOpenMode.Create ? throw Refused(path) : files.Open(path, FileOpenMode.ReadOnly);

    public IReadOnlyList<FileEntry> List(string path) => files.List(path);

    public IDisposable? TryLock(string path, out int? holder) => throw Refused(path);

    public void CreateDirectory(string path) => throw Refused(path);

    public void SyncDirectory(string path) => throw Refused(path);

    public void Rename(string from, string to) => throw Refused(from);

    public void Delete(string path) => throw Refused(path);

    public bool TryCreateLink(string existing, string path) => throw Refused(path);

    public void DeleteDirectory(string path) => throw Refused(path);

    private static LogReadOnlyException Refused(string path) => new($"'{path}' cannot be changed: the log is open to read only. Open it with FlowLog.Open.");
}
