using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>
/// The segments that are not durable by themselves, and the former commit files that are kept for them. Used by the committing thread; only
/// what is journaled is synced beside it.
/// </summary>
internal sealed class UnsyncedSegments(CommitLog commits, int maxOpenFiles)
{
    private readonly BufferedSegments _buffered = new();

    /// <summary>Those whose newest bytes are durable in commit files. Thread-safe.</summary>
    public WriteBack Journaled { get; } = new();

    public void KeepJournaled(List<SegmentEnd> ends) => Journaled.Keep(ends, commits.FirstSequence);

    // What deletes files is durable before it does: a commit log that had lost it would miss them.
    public void KeepBuffered(List<CommitRequest> requests)
    {
        foreach (var request in requests)
            _buffered.Keep(request);
        if (requests.Exists(r => r.IsSynced))
            SyncAll();
    }

    /// <summary>Syncs segments as soon as more files are open than may be.</summary>
    public void BoundOpenFiles()
    {
        if (_buffered.Count > maxOpenFiles)
            SyncAll();
        if (Journaled.Count > maxOpenFiles)
            Journaled.Run(long.MaxValue);
    }

    /// <summary>Makes every segment and the commit file durable.</summary>
    public void SyncAll()
    {
        _buffered.Sync();
        ReleaseFormer(long.MaxValue);
        commits.Sync();
    }

    /// <summary>Syncs what is journaled in the files before the newest one, and deletes those.</summary>
    public void ReleaseFormer() => ReleaseFormer(commits.FirstSequence);

    /// <summary>Closes the files of a log that is not closed cleanly.</summary>
    public void Release()
    {
        _buffered.Release();
        Journaled.Release();
    }

    private void ReleaseFormer(long beforeFile)
    {
        Journaled.Run(beforeFile);
        commits.DeleteFormer(Math.Min(Journaled.OldestFile, commits.FirstSequence));
    }
}
