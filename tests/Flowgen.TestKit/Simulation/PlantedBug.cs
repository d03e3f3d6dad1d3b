using Flowgen.Log.Files;

namespace Flowgen.TestKit.Simulation;

/// <summary>A file system that does not do everything it is told to, as if the log had forgotten to tell it.</summary>
public sealed class PlantedBug(IFileSystem files) : IFileSystem
{
    /// <summary>Paths whose sync is forgotten; for a directory the sync of its names.</summary>
    public Func<string, bool> ForgetsSync { get; init; } = _ => false;

    /// <summary>No directory is synced.</summary>
    public bool ForgetsDirectories { get; init; }

    /// <summary>Paths whose sync comes only with the next write to them: after the acknowledgement.</summary>
    public Func<string, bool> SyncsLate { get; init; } = _ => false;

    /// <summary>Failures of sync are swallowed, as .NET does.</summary>
    public bool SwallowsFailures { get; init; }

    /// <summary>A sync that fails is tried again, and then "succeeds".</summary>
    public bool RetriesSync { get; init; }

    /// <summary>Failures of writes are swallowed: a short write is taken for a whole one.</summary>
    public bool SwallowsWriteFailures { get; init; }

    /// <summary>Files are not cut off.</summary>
    public bool ForgetsTruncate { get; init; }

    /// <summary>So many bytes too many are cut off.</summary>
    public int TruncatesTooMuch { get; init; }

    /// <summary>Paths to which nothing is written until another file is created: while a log is opened, for instance.</summary>
    public Func<string, bool> ForgetsFirstWrites { get; init; } = _ => false;

    /// <summary>What is written instead, where something else is written.</summary>
    public Func<string, byte[], byte[]> ChangesWrites { get; init; } = (_, bytes) => bytes;

    private bool HasCreated { get; set; }

    public IDisposable? TryLock(string path, out int? holder) => files.TryLock(path, out holder);

    public IFile Open(string path, FileOpenMode mode)
    {
        HasCreated |= mode == FileOpenMode.Create;
        return new BuggyFile(this, path, files.Open(path, mode));
    }

    public void CreateDirectory(string path) => files.CreateDirectory(path);

    public void SyncDirectory(string path)
    {
        if (!ForgetsDirectories && !ForgetsSync(path))
            files.SyncDirectory(path);
    }

    public void Rename(string from, string to) => files.Rename(from, to);

    public void Delete(string path) => files.Delete(path);

    public bool TryCreateLink(string existing, string path) => files.TryCreateLink(existing, path);

    public void DeleteDirectory(string path) => files.DeleteDirectory(path);

    public IReadOnlyList<FileEntry> List(string path) => files.List(path);

    private void Sync(IFile file)
    {
        try
        {
            file.Sync();
        }
        catch (IOException) when (SwallowsFailures)
        {
            return; // the bug
        }
        catch (IOException) when (RetriesSync)
        {
            file.Sync();
        }
    }

    private sealed class BuggyFile(PlantedBug bug, string path, IFile file) : IFile
    {
        private bool _syncIsLate;

        public long Length => file.Length;

        public int Read(long position, Span<byte> buffer) => file.Read(position, buffer);

        public void Write(long position, ReadOnlySpan<byte> bytes)
        {
            if (_syncIsLate)
                bug.Sync(file);
            _syncIsLate = false;
            if (!bug.HasCreated && bug.ForgetsFirstWrites(path))
                return;
            try
            {
                file.Write(position, bug.ChangesWrites(path, bytes.ToArray()));
            }
            catch (IOException) when (bug.SwallowsWriteFailures)
            {
                return; // the bug
            }
        }

        public void Truncate(long length)
        {
            if (!bug.ForgetsTruncate)
                file.Truncate(Math.Max(0, length - bug.TruncatesTooMuch));
        }

        public void Reserve(long length) => file.Reserve(length);

        public void Sync()
        {
            if (bug.SyncsLate(path))
                _syncIsLate = true;
            else if (!bug.ForgetsSync(path))
                bug.Sync(file);
        }

        public void Dispose() => file.Dispose();
    }
}
