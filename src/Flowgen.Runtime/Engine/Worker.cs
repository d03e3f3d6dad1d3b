namespace Flowgen.Runtime;

/// <summary>One thread and the tasks that only it runs.</summary>
internal sealed class Worker(EngineRun run, int index) : IDisposable
{
    private const int InboxBurst = 64;

    private readonly Lock _gate = new();
    private readonly Queue<ExchangeBatch> _inbox = [];
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Source[] _sources = [];
    private int _nextSource;
    private int _waits;
    private int _closedEpoch;
    private int _round = -1;
    private int _endedRound = -1;
    private long _seenVersion = -1;
    private bool _sawPause;

    public List<FlowTask> Tasks { get; } = [];

    public StepContext Context { get; } = new();

    /// <summary>The last round of a bounded run in which all sources have been read to their ends; -1 before the first.</summary>
    public int EndedRound => Volatile.Read(ref _endedRound);

    /// <summary>Done when the thread has ended, whatever the reason.</summary>
    public Task Ended => _ended.Task;

    public void Start()
    {
        Thread thread = new(Run) { IsBackground = true, Name = $"flowgen {run.Graph.App.Name} {index}" };
        thread.Start();
    }

    /// <summary>Hands a batch to one of the worker's tasks. Called by any worker.</summary>
    public void Post(ExchangeBatch batch)
    {
        lock (_gate) _inbox.Enqueue(batch);
        Wake();
    }

    /// <summary>Lets the worker look again, if it waits.</summary>
    public void Wake()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _waits) != 0) _wake.Set();
    }

    public void Dispose()
    {
        foreach (FlowTask task in Tasks) task.Dispose();
        _wake.Dispose();
    }

    private void Run()
    {
        try
        {
            Restore();
            run.Barrier.SignalAndWait(run.Aborted);
            while (Turn())
            {
            }
        }
        catch (OperationCanceledException) when (run.Aborted.IsCancellationRequested)
        {
            // Another worker failed, or the engine was disposed: the run already knows why it ends.
        }
#pragma warning disable CA1031 // Whatever a step throws ends the run and is given to its caller.
        catch (Exception e)
#pragma warning restore CA1031
        {
            run.Fail(StageFailedException.Describe(e, Context));
        }

        _ended.SetResult();
    }

    private void Restore()
    {
        long version = run.Log.CommitVersion;
        _sources = [.. Tasks.SelectMany(task => task.Sources)];
        foreach (FlowTask task in Tasks)
        {
            foreach (TableFeed table in task.Tables)
            {
                table.Open(run.Log);
                table.CatchUp(version);
            }

            foreach (Source source in task.Sources) source.Open(run.Log, run.Graph.App.Name, run.Time);
            foreach (OperatorInstance op in task.Operators)
            {
                if (op.Changelog is { } changelog) op.Restore(changelog.Restore(run.Log));
            }

            task.AdvanceAll();
        }
    }

    /// <returns>Whether the run goes on.</returns>
    private bool Turn()
    {
        run.Aborted.ThrowIfCancellationRequested();
        if (run.Control.RequestedEpoch != _closedEpoch) return CloseEpoch();
        if (run.IsBounded && run.Control.Round != _round) StartRound();
        _seenVersion = run.Log.CommitVersion;
        _sawPause = run.IsPaused;
        bool worked = TakeInbox(InboxBurst) | CatchUpTables();
        if (!_sawPause) worked |= ReadSources();
        if (worked) run.Control.NoteActivity();
        else WaitForWork();
        return true;
    }

    private bool TakeInbox(int atMost)
    {
        int taken = 0;
        while (taken < atMost && TryTake() is { } batch)
        {
            batch.Receiver.Take(batch);
            batch.Receiver.Task.AdvanceAll();
            long bytes = batch.Bytes;
            batch.Recycle();
            run.Flow.Release(bytes);
            taken++;
        }

        return taken > 0;
    }

    private ExchangeBatch? TryTake()
    {
        lock (_gate) return _inbox.TryDequeue(out ExchangeBatch? batch) ? batch : null;
    }

    private bool CatchUpTables()
    {
        if (run.IsBounded) return false;
        long version = run.Log.CommitVersion;
        bool any = false;
        foreach (FlowTask task in Tasks)
        {
            foreach (TableFeed table in task.Tables) any |= table.CatchUp(version);
        }

        return any;
    }

    /// <summary>Reads one batch of each source, until an epoch is to be closed; the next turn goes on with the next source.</summary>
    private bool ReadSources()
    {
        long version = run.Log.CommitVersion;
        long now = run.Time.GetTimestamp();
        bool any = false;
        bool atEnd = true;
        for (int i = 0; i < _sources.Length; i++)
        {
            Source source = _sources[_nextSource];
            _nextSource = (_nextSource + 1) % _sources.Length;
            if (source.TryRead(version, now))
            {
                any = true;
                source.Task.AdvanceAll();
                if (run.Control.RequestedEpoch != _closedEpoch || run.IsPaused) return true;
            }

            atEnd &= source.IsAtEnd;
        }

        if (atEnd && run.IsBounded && _endedRound != _round)
        {
            Volatile.Write(ref _endedRound, _round);
            run.Control.Consider();
        }

        return any;
    }

    /// <summary>Bounds the sources of the next round by what is committed now.</summary>
    private void StartRound()
    {
        _round = run.Control.Round;
        foreach (Source source in _sources)
        {
            if (source.Vertex.Round == _round) source.End = run.Log.GetOffsets(source.Topic, source.Partition).Next;
            else if (source.Vertex.Round > _round) source.End = source.Position;
        }
    }

    private bool CloseEpoch()
    {
        _closedEpoch = run.Control.RequestedEpoch;
        EpochKind kind = run.Control.Kind;
        if (kind == EpochKind.Settle) ReadToEnds();
        int endRound = kind == EpochKind.EndOfTime ? run.Control.Round : -1;
        CheckIdle();
        for (int level = 0; level < run.Levels; level++)
        {
            TakeInbox(int.MaxValue);
            foreach (FlowTask task in Tasks) task.CloseLevel(level, endRound);
            if (level == run.Levels - 1) Collect();
            run.Barrier.SignalAndWait(run.Aborted);
        }

        if (index == 0) run.Seal(kind);
        run.Barrier.SignalAndWait(run.Aborted);
        if (index == 0) run.Control.Consider(); // what was asked for meanwhile
        return !run.HasEnded;
    }

    private void Collect()
    {
        foreach (FlowTask task in Tasks) task.Collect(run.Epoch);
    }

    private void ReadToEnds()
    {
        bool worked;
        do worked = CatchUpTables() | ReadSources() | TakeInbox(int.MaxValue);
        while (worked);
    }

    private void CheckIdle()
    {
        if (run.IsBounded || run.IsPaused) return; // who is not read is not silent
        long now = run.Time.GetTimestamp();
        foreach (Source source in _sources) source.CheckIdle(run.Time, now);
    }

    /// <summary>Sleeps, unless something has come since the turn began; whoever brings more afterwards sees that the worker waits.</summary>
    private void WaitForWork()
    {
        Volatile.Write(ref _waits, 1);
        Interlocked.MemoryBarrier();
        if (!HasWork()) _wake.WaitOne();
        Volatile.Write(ref _waits, 0);
    }

    private bool HasWork()
    {
        lock (_gate)
        {
            if (_inbox.Count > 0) return true;
        }

        return run.Aborted.IsCancellationRequested
            || run.Control.RequestedEpoch != _closedEpoch
            || (run.IsBounded && run.Control.Round != _round)
            || run.Log.CommitVersion != _seenVersion
            || (_sawPause && !run.IsPaused);
    }
}
