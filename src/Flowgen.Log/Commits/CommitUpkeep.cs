using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>What is due behind a commit: files are closed of which too many are open, and a commit file that has grown gets a successor. Used by the committing thread only.</summary>
internal sealed class CommitUpkeep(LogState state, CommitLog commits, UnsyncedSegments unsynced, FlowLogOptions options)
{
    private bool IsBuffered => options.Durability == Durability.OsBuffered;

    /// <summary>Closes files that need not be open, and goes on in a new commit file when it is time.</summary>
    /// <param name="mark">Where readers in other processes learn of a new file.</param>
    /// <returns>Whether there is a former commit file to be released.</returns>
    public bool Run(DurableMark mark)
    {
        unsynced.BoundOpenFiles();
        return commits.IsDueToRotate && (!commits.HasFormer || commits.IsOverdue) && TryRotate(mark);
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
