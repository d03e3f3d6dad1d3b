using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>What is due behind a commit: files that it has made useless go, and a commit file that has grown gets a successor. Used by the committing thread only.</summary>
internal sealed class CommitUpkeep(LogState state, CommitLog commits, UnsyncedSegments unsynced, FlowLogOptions options)
{
    private bool IsBuffered => options.Durability == Durability.OsBuffered;

    /// <summary>Called when the file of a segment that is not needed any more was deleted, or why it could not be.</summary>
    public Action<string, IOException?> DeletionTried { get; set; } = (_, _) => { };

    /// <summary>Deletes what is dropped, and goes on in a new commit file when it is time. A crash in between leaves files that no commit names; opening deletes them.</summary>
    /// <param name="mark">Where readers in other processes learn of a new file.</param>
    /// <returns>Whether there is a former commit file to be released.</returns>
    public bool Run(DurableMark mark)
    {
        if (state.Dropped.Count > 0 && IsBuffered)
            unsynced.SyncAll();
        unsynced.Journaled.ForgetDeleted();
        state.Dropped.RemoveAll(TryDelete);
        unsynced.BoundOpenFiles();
        return commits.IsDueToRotate && (!commits.HasFormer || commits.IsOverdue) && TryRotate(mark);
    }

    // One that cannot be deleted is tried again with the next commit, and goes in any case when the log is opened again.
    private bool TryDelete(Segment segment)
    {
        unsynced.Journaled.Forget(segment);
        try
        {
            segment.Delete();
            DeletionTried(segment.Path, null);
            return true;
        }
        catch (IOException e)
        {
            DeletionTried(segment.Path, e);
            return false;
        }
    }

    // At most one former file waits for its segments to be written back.
    private bool TryRotate(DurableMark mark)
    {
        if (IsBuffered)
            unsynced.SyncAll();
        else if (commits.HasFormer)
            unsynced.ReleaseFormer();
        if (!commits.TryRotate(state, options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds()))
            return false;
        mark.Write(state.Sequence, isSynced: true); // before the former file goes
        commits.DeleteFormer(unsynced.Journaled.OldestFile);
        return true;
    }
}
