using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>
/// Turns requests into commits, in the order in which they come, in two steps that run at the same time: the batches of the next requests
/// are written while those of the former are made durable. All requests that wait for the second step share one commit record and one sync.
/// After a failed sync the pipeline is poisoned: nothing more is acknowledged and nothing is tried again.
/// </summary>
internal sealed class CommitPipeline
{
    private readonly IFileSystem _files;
    private readonly CommitLog _commits;
    private readonly CommitQueue _queue = new();
    private readonly UnsyncedSegments _unsynced;
    private readonly WritingStep _writing;
    private readonly CommittingStep _committing;
    private readonly CommitUpkeep _upkeep;
    private List<CommitRequest> _group = []; // what is being committed

    public CommitPipeline(IFileSystem files, LogState state, CommitLog commits, FlowLogOptions options)
    {
        _files = files;
        _commits = commits;
        _unsynced = new UnsyncedSegments(commits, options.MaxOpenFiles);
        _writing = new WritingStep(files, state, commits.Room, Chunks, options);
        _committing = new CommittingStep(state, commits, _unsynced, Signal, options);
        _upkeep = new CommitUpkeep(state, commits, _unsynced, options);
    }

    public ChunkPool Chunks { get; } = new();

    public WriteBack WriteBack => _unsynced.Journaled;

    public CommitSignal Signal { get; } = new();

    /// <summary>Called when there is something to write, and when there is something to commit.</summary>
    public Action WriteWanted { get; set; } = () => { };

    /// <inheritdoc cref="WriteWanted"/>
    public Action CommitWanted { get; set; } = () => { };

    /// <summary>Called when segments should be written back.</summary>
    public Action WriteBackWanted { get; set; } = () => { };

    /// <summary>Says what is durable to readers in other processes; null in a log that is open to read only.</summary>
    public DurableMark? Mark { get; set; }

    /// <summary>Told how commits end.</summary>
    public CommitObserver? Observer { get; set; }

    public bool IsPoisoned => _queue.Poison is not null;

    /// <summary>For tests: no threads, so that the order of all file operations is known.</summary>
    public void RunOnTheCallersThread(CommitMode mode)
    {
        WriteWanted = mode == CommitMode.Inline ? () => RunAll(WriteNext) : () => { };
        CommitWanted = mode == CommitMode.Inline ? () => RunAll(CommitNext) : () => { };
    }

    public void Submit(CommitRequest request)
    {
        if (Mark is null)
            throw new LogReadOnlyException("The log is open to read only; nothing can be committed. Open it with FlowLog.Open.");
        request.Observer = Observer;
        Observer?.Submitted(request);
        if (_queue.TrySubmit(request))
            WriteWanted();
        else
            request.Fail(Poisoned());
    }

    /// <summary>Makes the names in a directory durable that the next commit relies on.</summary>
    /// <exception cref="LogPoisonedException">It failed: trying again would succeed without the names.</exception>
    /// <exception cref="LogWriteException">It was not even tried.</exception>
    public void SyncDirectory(string path)
    {
        try
        {
            _files.SyncDirectory(path);
        }
        catch (SyncNotStartedException e)
        {
            throw new LogWriteException($"{e.Message} Nothing was changed; try again.", e);
        }
        catch (Exception e)
        {
            Poison(e);
        }

        ThrowIfPoisoned();
    }

    /// <exception cref="LogPoisonedException">Nothing can be committed any more.</exception>
    public void ThrowIfPoisoned()
    {
        if (IsPoisoned)
            throw Poisoned();
    }

    /// <summary>From now on nothing can be submitted; what was submitted is still to be written and committed.</summary>
    public void Close() => _queue.Close();

    /// <summary>First step: writes the batches of what was submitted.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public bool WriteNext()
    {
        if (RollBackIfWanted())
            return true;
        if (!_queue.TryTakeSubmitted(out var request))
            return false;
        if (!TryWrite(request, out var failure) || !_queue.TryHandOver(request))
            Finish(request, failure);
        else
            CommitWanted();
        return true;
    }

    /// <summary>Undoes what is written and cannot be committed, because a commit record could not be written. A part of the first step.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public bool RollBackIfWanted()
    {
        if (!_queue.TryTakeUndone(out var undone, out var cause))
            return false;
        PoisonIfItFails(() => _writing.RollBack(undone));
        foreach (var request in undone)
            Finish(request, cause);
        return true;
    }

    /// <summary>Second step: makes what was written durable and visible, as one commit.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public bool CommitNext()
    {
        if (!_queue.TryTakeWritten(ref _group))
            return false;
        if (!TryCommit())
            return true;
        foreach (var request in _group)
            Finish(request, null);
        _group.Clear();
        if (!IsPoisoned)
            PoisonIfItFails(TidyUp);
        return true;
    }

    /// <summary>Beside the two steps: makes segments durable whose bytes are journaled in former commit files, and deletes those.</summary>
    /// <returns>False: it has done all that was to do.</returns>
    public bool WriteBackNext()
    {
        if (!IsPoisoned && _commits.HasFormer)
            PoisonIfItFails(_unsynced.ReleaseFormer);
        return false;
    }

    /// <summary>Makes every segment durable by itself. Call it when nothing is written or committed any more.</summary>
    public void SyncAll() => _unsynced.SyncAll();

    /// <summary>Closes the files of a log that is not closed cleanly.</summary>
    public void ReleaseFiles() => _unsynced.Release();

    private static void RunAll(Func<bool> step)
    {
        while (step())
            continue;
    }

    private bool TryWrite(CommitRequest request, out FlowLogException? failure)
    {
        failure = null;
        try
        {
            failure = IsPoisoned ? Poisoned() : _writing.Write(request);
            return failure is null;
        }
        catch (Exception e)
        {
            Poison(e);
            return false;
        }
    }

    // False if the writing thread has to take the group back: its requests belong to that thread then.
    private bool TryCommit()
    {
        try
        {
            _committing.Commit(_group, Mark!);
        }
        catch (LogWriteException e)
        {
            _queue.WantRollBack(_group, e);
            WriteWanted();
            if (_commits.IsFull)
                PoisonIfItFails(TidyUp);
            return false;
        }
        catch (Exception e)
        {
            Poison(e);
        }

        return true;
    }

    private void TidyUp()
    {
        if (_upkeep.Run(Mark!))
            WriteBackWanted();
    }

    private void Finish(CommitRequest request, FlowLogException? failure)
    {
        request.Release(Chunks);
        _commits.Room.Release(request);
        if (IsPoisoned)
            request.Fail(Poisoned());
        else if (failure is not null)
            request.Fail(failure);
        else
            request.Succeed();
    }

    private LogPoisonedException Poisoned() => LogPoisonedException.Because(_queue.Poison!);

    private void PoisonIfItFails(Action step)
    {
        try
        {
            step();
        }
        catch (Exception e)
        {
            Poison(e);
        }
    }

    private void Poison(Exception cause)
    {
        foreach (var request in _queue.PoisonBy(cause))
            Finish(request, null);
        Signal.Fail(Poisoned()); // who waits for another commit waits in vain
        Observer?.Poisoned(cause);
    }
}
