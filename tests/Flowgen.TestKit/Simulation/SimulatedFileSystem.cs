using Flowgen.Log.Files;

namespace Flowgen.TestKit.Simulation;

/// <summary>
/// A disk in memory that counts the operations that change it, crashes or fails at one of them, and then shows what a real disk might hold:
/// only what was synced is certain. Deterministic; not thread-safe.
/// </summary>
public sealed class SimulatedFileSystem : IFileSystem
{
    private readonly SimulatedDirectory _root;
    private readonly HashSet<string> _locks = [];

    public SimulatedFileSystem()
        : this(new SimulatedDirectory())
    {
    }

    private SimulatedFileSystem(SimulatedDirectory root) => _root = root;

    /// <summary>Changes made so far: files and directories created, written, truncated, renamed, deleted, synced.</summary>
    public int Operations { get; private set; }

    /// <summary>The machine crashes instead of the operation of this number; the first has the number 0.</summary>
    public int CrashAt { get; set; } = int.MaxValue;

    /// <summary>The operation of this number fails, and nothing else.</summary>
    public int FailAt { get; set; } = int.MaxValue;

    /// <summary>What the program calls at each sync, before it takes effect: what else happens at that moment.</summary>
    public Action<string> DuringSync { get; set; } = _ => { };

    public bool HasCrashed { get; private set; }

    /// <summary>The machine after a crash at this moment.</summary>
    public SimulatedFileSystem Restart(Loss loss, int seed) => new(_root.AfterCrash(loss, new Random(seed)));

    public IDisposable? TryLock(string path, out int? holder)
    {
        holder = null;
        return _locks.Add(path) ? new Held(() => _locks.Remove(path)) : null;
    }

    public IFile Open(string path, FileOpenMode mode)
    {
        var (directory, name) = Locate(path);
        if (directory.Entries.TryGetValue(name, out object? existing))
        {
            var found = (SimulatedFileData)existing;
            if (mode == FileOpenMode.Create)
                Change(() => found.Truncate(0));
            return new OpenFile(this, path, found);
        }

        if (mode != FileOpenMode.Create)
            throw new FileNotFoundException($"'{path}' does not exist.", path);
        var created = new SimulatedFileData();
        Change(() => directory.Add(name, created));
        return new OpenFile(this, path, created);
    }

    public void CreateDirectory(string path)
    {
        var (directory, name) = Locate(path);
        if (name.Length > 0 && !directory.Entries.ContainsKey(name))
            Change(() => directory.Add(name, new SimulatedDirectory()));
    }

    public void SyncDirectory(string path)
    {
        DuringSync(path);
        Change(Find(path)!.Sync); // a failure leaves the names unsynced: journals do not forget them, as the page cache forgets data
    }

    public void Rename(string from, string to)
    {
        var (directory, name) = Locate(from);
        Change(() => directory.Rename(name, Path.GetFileName(to)));
    }

    public void Delete(string path)
    {
        var (directory, name) = Locate(path);
        if (directory.Entries.ContainsKey(name))
            Change(() => directory.Remove(name));
    }

    public bool TryCreateLink(string existing, string path)
    {
        var (directory, name) = Locate(path);
        if (directory.Entries.ContainsKey(name))
            throw new IOException($"'{path}' exists.");
        var (source, sourceName) = Locate(existing);
        object file = source.Entries[sourceName];
        Change(() => directory.Add(name, file));
        return true;
    }

    public void DeleteDirectory(string path)
    {
        var (directory, name) = Locate(path);
        if (!directory.Entries.TryGetValue(name, out object? found))
            return;
        if (found is not SimulatedDirectory { Entries.Count: 0 })
            throw new IOException($"'{path}' is no empty directory.");
        Change(() => directory.Remove(name));
    }

    public IReadOnlyList<FileEntry> List(string path) => Find(path) is { } directory
        ? [.. directory.Entries.Select(e => new FileEntry(e.Key, e.Value is SimulatedDirectory ? FileKind.Directory : FileKind.File))]
        : [];

    private void Change(Action change)
    {
        if (HasCrashed || Operations == CrashAt)
        {
            HasCrashed = true;
            throw new SimulatedCrashException();
        }

        if (Operations++ == FailAt)
            throw new IOException("The simulated disk has failed.");
        change();
    }

    private void ChangeSync(SimulatedFileData data)
    {
        bool fails = Operations == FailAt;
        try
        {
            Change(data.Sync);
        }
        finally
        {
            if (fails)
                data.FailSync();
        }
    }

    private (SimulatedDirectory Directory, string Name) Locate(string path)
    {
        string? parent = Path.GetDirectoryName(path);
        if (parent is null)
            return (_root, "");
        return (Find(parent) ?? throw new DirectoryNotFoundException($"'{parent}' does not exist."), Path.GetFileName(path));
    }

    private SimulatedDirectory? Find(string path)
    {
        SimulatedDirectory? directory = _root;
        foreach (string name in path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
            directory = directory?.Entries.GetValueOrDefault(name) as SimulatedDirectory;
        return directory;
    }

    private sealed class OpenFile(SimulatedFileSystem files, string path, SimulatedFileData data) : IFile
    {
        public long Length => data.Length;

        public int Read(long position, Span<byte> buffer) => data.Read(position, buffer);

        public void Write(long position, ReadOnlySpan<byte> bytes)
        {
            byte[] copy = bytes.ToArray();
            files.Change(() => data.Write(position, copy));
        }

        public void Truncate(long length) => files.Change(() => data.Truncate(length));

        public void Reserve(long length) => files.Change(() => { });

        public void Sync()
        {
            files.DuringSync(path);
            files.ChangeSync(data);
        }

        public void Dispose()
        {
        }
    }

    private sealed class Held(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
