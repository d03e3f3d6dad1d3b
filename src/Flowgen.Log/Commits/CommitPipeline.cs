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
    private readonly LogState _state;
    private readonly CommitLog _commits;
    private readonly FlowLogOptions _options;
    private readonly Lock _gate = new();
    private readonly Queue<CommitRequest> _submitted = [];
    private readonly CommitGroup _group;
    private readonly ProducerGuard _producers; // only the writing thread uses it
    private readonly WriteBack _writeBack = new();
    private readonly OpenAppenders _appenders;
    private readonly BufferedSegments _buffered = new();
    private List<CommitRequest> _written = [];
    private List<CommitRequest> _committing = [];
    private List<CommitRequest> _undone = []; // their commit record could not be written
    private LogWriteException? _undoneBy;
    private FlowLogException? _poison;
    private bool _closed;

    public CommitPipeline(IFileSystem files, LogState state, CommitLog commits, FlowLogOptions options)
    {
        _files = files;
        _state = state;
        _commits = commits;
        _options = options;
        _group = new CommitGroup(options.JournalBelowBytes);
        _appenders = new OpenAppenders(options.MaxOpenFiles);
        _producers = new ProducerGuard(state, options.ProducerIdExpiration);
    }

    public ChunkPool Chunks { get; } = new();

    public WriteBack WriteBack => _writeBack;

    public CommitSignal Signal { get; } = new();

    /// <summary>Called when there is something to write, and when there is something to commit.</summary>
    public Action WriteWanted { get; set; } = () => { };

    /// <inheritdoc cref="WriteWanted"/>
    public Action CommitWanted { get; set; } = () => { };

    /// <summary>Called when segments should be written back.</summary>
    public Action WriteBackWanted { get; set; } = () => { };

    /// <summary>Called when the file of a segment that is not needed any more was deleted, or why it could not be.</summary>
    public Action<string, IOException?> DeletionTried { get; set; } = (_, _) => { };

    /// <summary>For tests: no threads, so that the order of all file operations is known.</summary>
    public void RunOnTheCallersThread(CommitMode mode)
    {
        WriteWanted = mode == CommitMode.Inline ? () => RunAll(WriteNext) : () => { };
        CommitWanted = mode == CommitMode.Inline ? () => RunAll(CommitNext) : () => { };
    }

    /// <summary>Says what is durable to readers in other processes; null in a log that is open to read only.</summary>
    public DurableMark? Mark { get; set; }

    /// <summary>Told how commits end.</summary>
    public CommitObserver? Observer { get; set; }

    public bool IsPoisoned => Volatile.Read(ref _poison) is not null;

    public void Submit(CommitRequest request)
    {
        if (Mark is null)
            throw new LogReadOnlyException("The log is open to read only; nothing can be committed. Open it with FlowLog.Open.");
        request.Observer = Observer;
        Observer?.Submitted(request);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(FlowLog));
            if (_poison is null)
                _submitted.Enqueue(request);
        }

        if (_poison is { } cause)
            request.Fail(LogPoisonedException.Because(cause));
        else
            WriteWanted();
    }

    private void ThrowIfPoisoned()
    {
        if (Volatile.Read(ref _poison) is { } cause)
            throw LogPoisonedException.Because(cause);
    }

    /// <summary>Makes the names in a directory durable that the next commit relies on.</summary>
    /// <exception cref="LogPoisonedException">It failed: trying again would succeed without the names.</exception>
    public void SyncDirectory(string path)
    {
        PoisonIfItFails(() => _files.SyncDirectory(path));
        ThrowIfPoisoned();
    }

    /// <summary>From now on nothing can be submitted; what was submitted is still to be written and committed.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
    }

    /// <summary>First step: writes the batches of what was submitted.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public bool WriteNext()
    {
        if (RollBackIfWanted())
            return true;
        CommitRequest? request;
        lock (_gate)
        {
            if (!_submitted.TryDequeue(out request))
                return false;
        }

        if (!TryWrite(request))
            return true;
        bool isPoisoned;
        lock (_gate)
        {
            isPoisoned = _poison is not null;
            if (!isPoisoned)
                (_undoneBy is null ? _written : _undone).Add(request);
        }

        // Asked under the lock: once it is among the written ones, the request belongs to the committing thread.
        if (isPoisoned)
            Drop(request);
        else
            CommitWanted();
        return true;
    }

    /// <summary>Undoes what is written and cannot be committed, because a commit record could not be written. A part of the first step.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public bool RollBackIfWanted()
    {
        List<CommitRequest> undone;
        LogWriteException? cause;
        lock (_gate)
        {
            (undone, cause) = (_undone, _undoneBy);
            (_undone, _undoneBy) = ([], null);
        }

        if (cause is null)
            return false;
        PoisonIfItFails(() => RollBack(undone));
        foreach (var request in undone)
            Finish(request, cause);
        return true;
    }

    /// <summary>Second step: makes what was written durable and visible, as one commit.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public bool CommitNext()
    {
        lock (_gate)
        {
            if (_written.Count == 0)
                return false;
            (_written, _committing) = (_committing, _written);
        }

        try
        {
            Commit(_committing);
        }
        catch (LogWriteException e)
        {
            WantRollBack(e);
            return true;
        }
        catch (Exception e)
        {
            Poison(e);
        }

        foreach (var request in _committing)
            Finish(request, null);
        _committing.Clear();
        if (!IsPoisoned)
            PoisonIfItFails(CleanUp);
        return true;
    }

    /// <summary>Beside the two steps: makes segments durable whose bytes are journaled in former commit files, and deletes those.</summary>
    /// <returns>False: it has done all that was to do.</returns>
    public bool WriteBackNext()
    {
        if (!IsPoisoned && _commits.HasFormer)
            PoisonIfItFails(() => ReleaseFormer(_commits.FirstSequence));
        return false;
    }

    /// <summary>Makes every segment durable by itself. Call it when nothing is written or committed any more.</summary>
    public void SyncAll()
    {
        _buffered.Sync();
        ReleaseFormer(long.MaxValue);
        _commits.Sync();
    }

    /// <summary>Closes the files of a log that is not closed cleanly.</summary>
    public void ReleaseFiles()
    {
        _buffered.Release();
        _writeBack.Release();
    }

    private static void RunAll(Func<bool> step)
    {
        while (step())
            continue;
    }

    private bool TryWrite(CommitRequest request)
    {
        long now = _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        if (Refusal(request, now) is { } refusal)
        {
            request.Release(Chunks);
            request.Fail(refusal);
            return false;
        }

        var marks = request.Writes.ConvertAll(w => w.Partition.Appender.TakeMark());
        try
        {
            ThrowIfPoisoned();
            _commits.Room.Promise(request, _options.JournalBelowBytes);
            request.OnWriter?.Invoke();
            Write(request, now);
            _producers.Written(request);
            return true;
        }
        catch (DiskFullException e)
        {
            Release(request);
            request.Fail(e);
        }
        catch (IOException e)
        {
            Undo(request, marks, DiskSpace.Explain(e));
        }
        catch (Exception e)
        {
            Poison(e);
            Drop(request);
        }

        return false;
    }

    private FlowLogException? Refusal(CommitRequest request, long now) =>
        request.DeletedPartition() is { } deleted ? Partition.Deleted(deleted.Topic) : _producers.Refusal(request, now);

    private void Write(CommitRequest request, long now)
    {
        foreach (var write in request.Writes)
        {
            _appenders.Used(write.Partition.Appender);
            write.BaseOffset = write.Partition.Appender.NextOffset;
            bool mayBeJournaled = _options.Durability == Durability.Durable && write.Bytes < _options.JournalBelowBytes;
            foreach (var chunk in write.Chunks)
                write.Partition.Appender.Append(_files, chunk.Array.AsMemory(0, chunk.Length), mayBeJournaled, now, _options.SegmentBytes, request.Ends);
            if (!mayBeJournaled && !request.KeepsChunks)
                Chunks.Return(write.Chunks);
        }
    }

    private void Undo(CommitRequest request, List<PartitionAppender.Mark> marks, Exception cause)
    {
        try
        {
            Release(request);
            for (int i = 0; i < marks.Count; i++)
                request.Writes[i].Partition.Appender.GoBack(_files, marks[i]);
            request.Fail(cause);
        }
        catch (Exception e)
        {
            Poison(e);
            Drop(request);
        }
    }

    // The offsets of what was written since build on those that cannot be committed now: all of it goes.
    private void WantRollBack(LogWriteException cause)
    {
        lock (_gate)
        {
            _undone = [.. _committing, .. _written];
            _undoneBy = cause;
            _committing.Clear();
            _written.Clear();
        }

        WriteWanted();
    }

    private void RollBack(List<CommitRequest> requests)
    {
        if (requests.Exists(r => r.OnWriter is not null))
            throw new LogPoisonedException("A commit that changes more than records could not be written.");
        for (int i = requests.Count - 1; i >= 0; i--)
            ProducerGuard.Undo(requests[i]);
        var written = requests.SelectMany(r => r.Ends).ToLookup(e => e.Partition, e => e.Segment);
        foreach (var partition in requests.SelectMany(r => r.Writes).Select(w => w.Partition).Distinct())
            partition.Appender.GoBackToCommitted(_files, written[partition].Distinct());
    }

    private void Commit(List<CommitRequest> requests)
    {
        bool isDurable = _options.Durability == Durability.Durable;
        if (isDurable)
        {
            _group.Plan(requests);
            _group.Sync(_writeBack);
        }

        var record = _commits.BeginRecord();
        int start = record.Length;
        record.WriteEntries(requests);
        int entries = record.Length - start;
        if (isDurable)
            WriteJournal(record, requests);
        long sequence = _state.Sequence + 1;
        _commits.Append(record.Length - start - entries, sequence, _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds());
        if (isDurable)
            KeepJournaled(requests);
        else
            KeepBuffered(requests);
        Mark!.Write(sequence, isDurable); // before anything is acknowledged, or deleted
        lock (_state.Gate)
        {
            _state.Apply(record.Written.Slice(start, entries), requests.SelectMany(r => r.Ends));
            _state.Sequence = sequence;
        }

        Signal.Publish();
    }

    private void WriteJournal(ByteBuffer to, List<CommitRequest> requests)
    {
        foreach (var end in Journaled(requests))
            to.WriteData(end.Partition, end.Segment, end.Start, end.Bytes.Span);
    }

    private void KeepJournaled(List<CommitRequest> requests)
    {
        foreach (var end in Journaled(requests))
            _writeBack.Keep(end.Partition, end.Segment, _commits.FirstSequence);
    }

    private IEnumerable<SegmentEnd> Journaled(List<CommitRequest> requests) =>
        requests.SelectMany(r => r.Ends).Where(e => _group.IsJournaled(e.Segment));

    // What deletes files is durable before it does: a commit log that had lost it would miss them.
    private void KeepBuffered(List<CommitRequest> requests)
    {
        foreach (var request in requests)
            _buffered.Keep(request);
        if (requests.Exists(r => r.OnWriter is not null))
            SyncAll();
    }

    // A crash in between leaves files that no commit names; opening deletes them.
    private void CleanUp()
    {
        if (_state.Dropped.Count > 0 && _options.Durability == Durability.OsBuffered)
            SyncAll();
        _writeBack.ForgetDeleted();
        _state.Dropped.RemoveAll(TryDelete);
        BoundOpenFiles();
        if (_commits.IsDueToRotate && (!_commits.HasFormer || _commits.IsOverdue))
            Rotate();
    }

    private void BoundOpenFiles()
    {
        if (_buffered.Count > _options.MaxOpenFiles)
            SyncAll();
        if (_writeBack.Count > _options.MaxOpenFiles)
            _writeBack.Run(long.MaxValue);
    }

    // One that cannot be deleted is tried again with the next commit, and goes in any case when the log is opened again.
    private bool TryDelete(Segment segment)
    {
        _writeBack.Forget(segment);
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
    private void Rotate()
    {
        if (_options.Durability == Durability.OsBuffered)
            SyncAll();
        else if (_commits.HasFormer)
            ReleaseFormer(_commits.FirstSequence);
        if (!_commits.TryRotate(_state, _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds()))
            return;
        Mark!.Write(_state.Sequence, isSynced: true); // before the former file goes
        _commits.DeleteFormer(_writeBack.OldestFile);
        WriteBackWanted();
    }

    private void ReleaseFormer(long beforeFile)
    {
        _writeBack.Run(beforeFile);
        _commits.DeleteFormer(Math.Min(_writeBack.OldestFile, _commits.FirstSequence));
    }

    private void Finish(CommitRequest request, LogWriteException? failure)
    {
        if (IsPoisoned)
        {
            Drop(request);
            return;
        }

        Release(request);
        if (failure is null)
            request.Succeed();
        else
            request.Fail(failure);
    }

    private void Drop(CommitRequest request)
    {
        Release(request);
        request.Fail(LogPoisonedException.Because(_poison!));
    }

    private void Release(CommitRequest request)
    {
        request.Release(Chunks);
        _commits.Room.Release(request);
    }

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
        List<CommitRequest> dropped;
        lock (_gate)
        {
            _poison ??= cause as FlowLogException ?? new LogPoisonedException(cause.Message, cause);
            dropped = [.. _submitted, .. _written, .. _undone];
            (_undone, _undoneBy) = ([], null);
            _submitted.Clear();
            _written.Clear();
        }

        dropped.ForEach(Drop);
        Observer?.Poisoned(cause);
    }
}
