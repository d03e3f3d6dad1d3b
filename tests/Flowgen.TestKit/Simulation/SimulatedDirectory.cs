namespace Flowgen.TestKit.Simulation;

/// <summary>The names in a directory: those that programs see, those on the disk, and the changes in between. A name is of a file or a directory.</summary>
internal sealed class SimulatedDirectory
{
    private readonly SortedDictionary<string, object> _seen = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, object> _durable = new(StringComparer.Ordinal);
    private readonly List<Change> _unsynced = [];

    // Created: no old name. Deleted: no new one. Renamed: both.
    private readonly record struct Change(string? OldName, string? NewName, object Target);

    public IReadOnlyDictionary<string, object> Entries => _seen;

    /// <summary>Pages that the files in it and below have allocated; a file with two names counts once.</summary>
    public int AllocatedPages => FilesBelow().Distinct().Sum(f => f.Content.AllocatedPages);

    public void Add(string name, object target) => Do(new Change(null, name, target));

    public void Remove(string name) => Do(new Change(name, null, _seen[name]));

    public void Rename(string from, string to) => Do(new Change(from, to, _seen[from]));

    public void Sync()
    {
        foreach (var change in _unsynced)
            Apply(_durable, change);
        _unsynced.Clear();
    }

    /// <summary>The directory as a new machine finds it.</summary>
    /// <param name="loss">What is lost.</param>
    /// <param name="random">Chooses what is lost.</param>
    /// <param name="files">Files met so far: one with two names stays one.</param>
    public SimulatedDirectory AfterCrash(Loss loss, Random random, Dictionary<SimulatedFileData, SimulatedFileData> files)
    {
        var names = new SortedDictionary<string, object>(_durable, StringComparer.Ordinal);
        foreach (var change in Kept(loss, random))
            Apply(names, change);
        var result = new SimulatedDirectory();
        foreach (var (name, target) in names)
            result._seen[name] = result._durable[name] = AfterCrash(target, loss, random, files);
        return result;
    }

    private static object AfterCrash(object target, Loss loss, Random random, Dictionary<SimulatedFileData, SimulatedFileData> files)
    {
        if (target is SimulatedDirectory directory)
            return directory.AfterCrash(loss, random, files);
        var file = (SimulatedFileData)target;
        if (!files.TryGetValue(file, out var kept))
            files.Add(file, kept = SimulatedFileData.Durable(file.AfterCrash(loss, random)));
        return kept;
    }

    private IEnumerable<SimulatedFileData> FilesBelow() =>
        _seen.Values.SelectMany(v => v is SimulatedDirectory directory ? directory.FilesBelow() : [(SimulatedFileData)v]);

    private IEnumerable<Change> Kept(Loss loss, Random random) => loss switch
    {
        Loss.Everything or Loss.DirectoryEntries => [],
        Loss.Nothing => _unsynced,
        Loss.Suffix => _unsynced.Take(random.Next(_unsynced.Count + 1)),
        Loss.Renames => _unsynced.Where(c => c.OldName is null || c.NewName is null),
        _ => _unsynced.Where(_ => random.Next(2) == 0),
    };

    private static void Apply(SortedDictionary<string, object> names, Change change)
    {
        if (change.OldName is not null)
            names.Remove(change.OldName);
        if (change.NewName is not null)
            names[change.NewName] = change.Target;
    }

    private void Do(Change change)
    {
        Apply(_seen, change);
        _unsynced.Add(change);
    }
}
