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

    /// <summary>Changes made so far.</summary>
    public int Operations { get; private set; }

    /// <summary>Reads so far.</summary>
    public int Reads { get; private set; }

    /// <summary>The machine crashes instead of the operation of this number; the first has the number 0.</summary>
    public int CrashAt { get; set; } = int.MaxValue;

    /// <summary>Which operation fails, and how.</summary>
    public Fault Fault { get; set; } = Fault.None;

    /// <summary>The operation of this number fails with EIO, and nothing else.</summary>
    public int FailAt
    {
        set => Fault = new Fault(value, FaultKind.IoError);
    }

    /// <summary>The read of this number fails, and nothing else.</summary>
    public int FailReadAt { get; set; } = int.MaxValue;

    /// <summary>Files and directories opened so far.</summary>
    public int Opens { get; private set; }

    /// <summary>The process has too many files open for the open of this number, and for nothing else.</summary>
    public int FailOpenAt { get; set; } = int.MaxValue;

    /// <summary>Pages that the disk has; what would need more fails.</summary>
    public int CapacityInPages { get; set; } = int.MaxValue;

    /// <summary>Called before each operation that changes the disk.</summary>
    public Action<DiskOperation, string> BeforeChange { get; set; } = (_, _) => { };

    /// <summary>What the program calls at each sync, before it takes effect: what else happens at that moment.</summary>
    public Action<string> DuringSync { get; set; } = _ => { };

    public bool HasCrashed { get; private set; }

    /// <summary>Whether a sync has failed.</summary>
    public bool ASyncHasFailed { get; private set; }

    /// <summary>Operations that failed: by the fault, or because the disk was full.</summary>
    public int Failures { get; private set; }

    public int AllocatedPages => _root.AllocatedPages;

    /// <summary>All directories and files, by path.</summary>
    public IEnumerable<(string Path, PagedContent? Content)> Entries => EntriesOf(_root, "");

    /// <summary>The machine after a crash at this moment; this one goes on.</summary>
    public SimulatedFileSystem Restart(Loss loss, int seed) => new(_root.AfterCrash(loss, new Random(seed), []));

    public IDisposable? TryLock(string path, out int? holder)
    {
        holder = null;
        return _locks.Add(path) ? new Held(() => _locks.Remove(path)) : null;
    }

    public IFile Open(string path, FileOpenMode mode)
    {
        if (Opens++ == FailOpenAt)
            throw Fault.TooManyFiles(path);
        var (directory, name) = Locate(path);
        if (directory.Entries.TryGetValue(name, out object? existing))
        {
            var found = existing as SimulatedFileData ?? throw new IOException($"'{path}' is a directory.");
            if (mode == FileOpenMode.Create)
                Change(DiskOperation.Truncate, path, () => found.Truncate(0));
            return new SimulatedFile(this, path, found);
        }

        if (mode != FileOpenMode.Create)
            throw new FileNotFoundException($"'{path}' does not exist.", path);
        var created = new SimulatedFileData();
        Change(DiskOperation.CreateFile, path, () => directory.Add(name, created));
        return new SimulatedFile(this, path, created);
    }

    public void CreateDirectory(string path)
    {
        var (directory, name) = Locate(path);
        if (name.Length > 0 && !directory.Entries.ContainsKey(name))
            Change(DiskOperation.CreateDirectory, path, () => directory.Add(name, new SimulatedDirectory()));
    }

    public void SyncDirectory(string path)
    {
        if (Opens++ == FailOpenAt)
            throw new SyncNotStartedException(path, Fault.TooManyFiles(path));
        DuringSync(path);
        var directory = Find(path) ?? throw new DirectoryNotFoundException($"'{path}' does not exist.");
        Change(DiskOperation.SyncDirectory, path, directory.Sync); // a failure leaves the names unsynced: journals do not forget them, as the page cache forgets data
    }

    public void Rename(string from, string to)
    {
        var (directory, name) = Locate(from);
        if (!directory.Entries.ContainsKey(name))
            throw new FileNotFoundException($"'{from}' does not exist.", from);
        Change(DiskOperation.Rename, from, () => directory.Rename(name, Path.GetFileName(to)));
    }

    public void Delete(string path)
    {
        var (directory, name) = Locate(path);
        if (directory.Entries.ContainsKey(name))
            Change(DiskOperation.Delete, path, () => directory.Remove(name));
    }

    public bool TryCreateLink(string existing, string path)
    {
        var (directory, name) = Locate(path);
        if (directory.Entries.ContainsKey(name))
            throw new IOException($"'{path}' exists.");
        var (source, sourceName) = Locate(existing);
        object file = source.Entries[sourceName];
        Change(DiskOperation.Link, path, () => directory.Add(name, file));
        return true;
    }

    public void DeleteDirectory(string path)
    {
        var (directory, name) = Locate(path);
        if (!directory.Entries.TryGetValue(name, out object? found))
            return;
        if (found is not SimulatedDirectory { Entries.Count: 0 })
            throw new IOException($"'{path}' is no empty directory.");
        Change(DiskOperation.DeleteDirectory, path, () => directory.Remove(name));
    }

    public IReadOnlyList<FileEntry> List(string path) => Find(path) is { } directory
        ? [.. directory.Entries.Select(e => new FileEntry(e.Key, e.Value is SimulatedDirectory ? FileKind.Directory : FileKind.File))]
        : [];

    /// <summary>Puts a file there, as it is on the disk; null deletes it.</summary>
    public void Plant(string path, PagedContent? content)
    {
        var (directory, name) = Locate(path);
        if (content is not null)
            directory.Add(name, SimulatedFileData.Durable(content));
        else if (directory.Entries.ContainsKey(name))
            directory.Remove(name);
        directory.Sync();
    }

    internal int Read(PagedContent content, long position, Span<byte> buffer)
    {
        if (Reads++ == FailReadAt)
            throw Fault.Error(FaultKind.IoError);
        return content.Read(position, buffer);
    }

    internal void Write(string path, SimulatedFileData data, long position, ReadOnlySpan<byte> bytes)
    {
        int free = CapacityInPages == int.MaxValue ? int.MaxValue : CapacityInPages - AllocatedPages;
        byte[] all = bytes.ToArray();
        int fits = data.Content.PagesMissing(position, all.Length) <= free ? all.Length : FirstThatFit(data.Content, position, all.Length, free);
        Change(
            DiskOperation.Write,
            path,
            () => WriteUpTo(data, position, all, fits),
            kind => WriteUpTo(data, position, all, kind == FaultKind.ShortWrite ? all.Length / 2 : 0, kind));
    }

    internal void Reserve(string path, SimulatedFileData data, long length)
    {
        bool fits = CapacityInPages == int.MaxValue || data.Content.PagesMissing(0, length) <= CapacityInPages - AllocatedPages;
        Change(DiskOperation.Reserve, path, () =>
        {
            if (!fits)
                throw Failed(FaultKind.NoSpace);
            data.Reserve(length);
        });
    }

    internal void Sync(string path, SimulatedFileData data)
    {
        DuringSync(path);
        Change(DiskOperation.Sync, path, data.Sync, kind =>
        {
            ASyncHasFailed = true;
            data.FailSync(kind == FaultKind.IoErrorThatForgets);
            throw Failed(kind);
        });
    }

    internal void Change(DiskOperation operation, string path, Action change, Action<FaultKind>? fail = null)
    {
        BeforeChange(operation, path);
        if (HasCrashed || Operations == CrashAt)
        {
            HasCrashed = true;
            throw new SimulatedCrashException();
        }

        if (!Fault.Hits(Operations++))
        {
            change();
            return;
        }

        fail?.Invoke(Fault.Kind);
        throw Failed(Fault.Kind);
    }

    private IOException Failed(FaultKind kind)
    {
        Failures++;
        return Fault.Error(kind);
    }

    private void WriteUpTo(SimulatedFileData data, long position, byte[] all, int count, FaultKind kind = FaultKind.NoSpace)
    {
        if (count > 0)
            data.Write(position, all.AsSpan(0, count));
        if (count < all.Length)
            throw Failed(kind);
    }

    private static int FirstThatFit(PagedContent content, long position, int length, int free)
    {
        int fits = (int)Math.Min(length, PagedContent.PageSize - (position % PagedContent.PageSize));
        if (content.PagesMissing(position, fits) > free)
            return 0;
        while (fits < length && content.PagesMissing(position, Math.Min(length, fits + PagedContent.PageSize)) <= free)
            fits = Math.Min(length, fits + PagedContent.PageSize);
        return fits;
    }

    private static IEnumerable<(string Path, PagedContent? Content)> EntriesOf(SimulatedDirectory directory, string path)
    {
        foreach (var (name, target) in directory.Entries)
        {
            string full = path + Path.DirectorySeparatorChar + name;
            yield return (full, (target as SimulatedFileData)?.Content);
            if (target is not SimulatedDirectory below)
                continue;
            foreach (var entry in EntriesOf(below, full))
                yield return entry;
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

    private sealed class Held(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
