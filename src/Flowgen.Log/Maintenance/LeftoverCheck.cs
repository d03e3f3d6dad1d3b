using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Maintenance;

/// <summary>Names the files that belong to nothing any more, which is harmless: the next opening deletes them, or they are kept for a person to look at.</summary>
internal sealed class LeftoverCheck(IFileSystem files, LogLayout layout, Action<LogFinding> report)
{
    private static readonly string[] Known =
        [LogLayout.FormatName, LogLayout.LockName, LogLayout.CleanName, LogLayout.DurableName, LogLayout.CommitsName, LogLayout.TopicsName];

    public void Run(LogInspection inspection)
    {
        foreach (var entry in files.List(layout.Root).Where(e => !Known.Contains(e.Name)))
            Report(layout.Root, entry.Name, "does not belong to the log");
        foreach (var entry in files.List(layout.Commits).Where(e => LogLayout.NumberIn(e.Name, LogLayout.CommitsSuffix) is null))
            Report(layout.Commits, entry.Name, WhatIs(entry.Name));
        foreach (var partition in inspection.State.Topics.SelectMany(t => t.Partitions))
            Check(partition, inspection.IsClosed);
    }

    private void Check(Partition partition, bool isClosed)
    {
        var named = partition.Segments.SelectMany(s => new[] { Path.GetFileName(s.Path), Path.GetFileName(s.IndexPath) }).ToHashSet();
        foreach (var entry in files.List(partition.Directory).Where(e => !named.Contains(e.Name)))
        {
            // While the log is open a segment may have been begun, or not yet been deleted.
            if (isClosed || LogLayout.SegmentIn(entry.Name) is null)
                Report(partition.Directory, entry.Name, WhatIs(entry.Name));
        }
    }

    private static string WhatIs(string name) => name switch
    {
        _ when name.EndsWith(LogLayout.TornSuffix, StringComparison.Ordinal) => "holds what a crash has left behind the last commit; it is kept for you to look at",
        _ when name.EndsWith(FileSystems.TemporarySuffix, StringComparison.Ordinal) => "was not completed",
        _ when LogLayout.SegmentIn(name) is not null => "is a segment that no commit names",
        _ when LogLayout.IndexIn(name) is not null => "is the index of a segment that is gone",
        _ => "does not belong to the log",
    };

    private void Report(string directory, string name, string what) =>
        report(new LogFinding(false, "leftover", Path.Combine(directory, name), null, $"'{name}' {what}."));
}
