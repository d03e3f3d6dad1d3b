namespace Flowgen.TestKit.Simulation;

/// <summary>The names in a directory: those that programs see, those on the disk, and the changes in between. A name is of a file or a directory.</summary>
internal sealed class SimulatedDirectory
{
    private readonly Dictionary<string, object> _seen = [];
    private readonly Dictionary<string, object> _durable = [];
    private readonly List<Change> _unsynced = [];

    // Created: no old name. Deleted: no new one. Renamed: both.
    private readonly record struct Change(string? OldName, string? NewName, object Target);

    public IReadOnlyDictionary<string, object> Entries => _seen;

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
    public SimulatedDirectory AfterCrash(Loss loss, Random random)
    {
        var names = new Dictionary<string, object>(_durable);
        foreach (var change in Kept(loss, random))
            Apply(names, change);
        var result = new SimulatedDirectory();
        foreach (var (name, target) in names.OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            object kept = target is SimulatedDirectory directory
                ? directory.AfterCrash(loss, random)
                : SimulatedFileData.Durable(((SimulatedFileData)target).AfterCrash(loss, random));
            result._seen[name] = result._durable[name] = kept;
        }

        return result;
    }

    private IEnumerable<Change> Kept(Loss loss, Random random) => loss switch
    {
        Loss.Everything or Loss.DirectoryEntries => [],
        Loss.Nothing => _unsynced,
        Loss.Suffix => _unsynced.Take(random.Next(_unsynced.Count + 1)),
        Loss.Renames => _unsynced.Where(c => c.OldName is null || c.NewName is null),
        _ => _unsynced.Where(_ => random.Next(2) == 0),
    };

    private static void Apply(Dictionary<string, object> names, Change change)
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
