using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>One thread of work and the tasks that only it runs, step by step: a step never waits.</summary>
internal sealed class Worker : IDisposable
{
    private const int InboxBurst = 64;
    private const int NotClosing = -1;

    private readonly Lock _gate = new();
    private readonly Queue<ExchangeBatch> _inbox = [];
    private readonly ILoop _loop;
    private readonly EngineRun _run;
    private readonly int _index;
    private Source[] _sources = [];
    private int _nextSource;
    private long _meetings;
    private int _closedEpoch;
    private int _closingLevel = NotClosing;
    private int _endRound;
    private int _round = -1;
    private int _endedRound = -1;

    public Worker(EngineRun run, int index)
    {
        _run = run;
        _index = index;
        _loop = run.Scheduler.CreateWorker($"flowgen {run.Graph.App.Name} {index}", Step);
    }

    public List<FlowTask> Tasks { get; } = [];

    public StepContext Context { get; } = new();

    /// <summary>What made steps throw before this run.</summary>
    public PoisonRecords Poison => _run.Poison;

    /// <summary>Name of the app.</summary>
    public string App => _run.Graph.App.Name;

    /// <summary>Where sources go on if what they would read next has been removed.</summary>
    public AutoOffsetReset OffsetReset => _run.OffsetReset;

    /// <summary>The last round of a bounded run in which all sources have been read to their ends; -1 before the first.</summary>
    public int EndedRound => Volatile.Read(ref _endedRound);

    public void Start() => _loop.Start();

    /// <summary>Hands a batch to one of the worker's tasks. Called by any worker.</summary>
    public void Post(ExchangeBatch batch)
    {
        lock (_gate) _inbox.Enqueue(batch);
        Wake();
    }

    /// <summary>Lets the worker look again, if it waits.</summary>
    public void Wake() => _loop.Wake();

    /// <summary>Who takes the records of a partition that cannot be processed.</summary>
    public BadRecords TakeBad(string topic, int partition, int partitions, string stage) => new(_run, topic, partition, partitions, stage);

    /// <summary>Closes the epoch soon: what has been read is worth a commit.</summary>
    public void AskForCommit()
    {
        _run.Control.NoteActivity();
        _run.Control.Tick();
    }

    public void Dispose()
    {
        foreach (FlowTask task in Tasks) task.Dispose();
    }

    private LoopStep Step()
    {
        try
        {
            _run.Aborted.ThrowIfCancellationRequested();
            if (!_run.Gate.IsOpen(_meetings)) return LoopStep.Idle;
            LoopStep found = Turn();
            if (found != LoopStep.Ended) return found;
        }
        catch (OperationCanceledException) when (_run.Aborted.IsCancellationRequested)
        {
            // Another worker failed, or the engine was disposed: the run already knows why it ends.
        }
#pragma warning disable CA1031 // Whatever a step throws ends the run and is given to its caller.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _run.Fail(StageFailedException.Describe(e, Context));
        }

        _run.NoteWorkerEnded();
        return LoopStep.Ended;
    }

    private LoopStep Turn()
    {
        if (_meetings == 0) return Restore();
        Context.Clock = _run.Metrics is { MeasuresProcessing: true } ? _run.Time : null;
        if (_closingLevel != NotClosing) return CloseEpoch();
        if (_run.Control.RequestedEpoch != _closedEpoch) return BeginClose();
        if (_run.IsBounded && _run.Control.Round != _round) StartRound();
        bool worked = TakeInbox(InboxBurst) | CatchUpTables();
        if (!_run.IsPaused) worked |= ReadSources();
        if (!worked) return LoopStep.Idle;
        _run.Control.NoteActivity();
        return LoopStep.Worked;
    }

    private LoopStep Restore()
    {
        long version = _run.Log.CommitVersion;
        _sources = [.. Tasks.SelectMany(task => task.Sources)];
        foreach (FlowTask task in Tasks)
        {
            Context.Running = null; // what cannot be opened or restored is no fault of the step that ran before
            foreach (TableFeed table in task.Tables)
            {
                table.Open(_run.Log, _run.Graph.App.Name);
                table.CatchUp(version);
            }

            foreach (Source source in task.Sources) Open(source);
            foreach (OperatorInstance op in task.Operators)
            {
                Context.Running = null;
                if (op.Changelog is { } changelog) op.Restore(changelog.Restore(_run.Log));
            }

            task.AdvanceAll();
        }

        Meet();
        return LoopStep.Worked;
    }

    private void Open(Source source)
    {
        source.Open(_run.Log, _run.Graph.App.Name, _run.Time);
        if (source.NotedPosition != source.Position) _run.Control.NoteActivity(); // where it begins is to be committed, even if nothing comes
    }

    private bool TakeInbox(int atMost)
    {
        int taken = 0;
        while (taken < atMost && TryTake() is { } batch)
        {
            batch.Receiver.Take(batch);
            batch.Receiver.Task.AdvanceAll();
            batch.Receiver.Task.NoteChanged(_run.Epoch);
            if (Context.Clock is not null) _run.Metrics!.Processed(batch.Receiver.Task);
            long bytes = batch.Bytes;
            batch.Recycle();
            _run.Flow.Release(bytes);
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
        if (_run.IsBounded) return false;
        long version = _run.Log.CommitVersion;
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
        long version = _run.Log.CommitVersion;
        long now = _run.Time.GetTimestamp();
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
                source.Task.NoteChanged(_run.Epoch);
                if (Context.Clock is not null) _run.Metrics!.Processed(source.Task);
                if (_run.Control.RequestedEpoch != _closedEpoch || _run.IsPaused) return true;
            }

            atEnd &= source.IsAtEnd;
        }

        if (atEnd && _run.IsBounded && _endedRound != _round)
        {
            Volatile.Write(ref _endedRound, _round);
            _run.Control.Consider();
        }

        return any;
    }

    /// <summary>Bounds the sources of the next round by what is committed now.</summary>
    private void StartRound()
    {
        _round = _run.Control.Round;
        foreach (Source source in _sources)
        {
            if (source.Vertex.Round == _round) source.End = _run.Log.GetOffsets(source.Topic, source.Partition).Next;
            else if (source.Vertex.Round > _round) source.End = source.Position;
        }
    }

    private LoopStep BeginClose()
    {
        _closedEpoch = _run.Control.RequestedEpoch;
        if (_run.Control.Kind == EpochKind.Settle) ReadToEnds();
        _endRound = _run.Control.Kind == EpochKind.EndOfTime ? _run.Control.Round : -1;
        CheckIdle();
        _closingLevel = 0;
        return LoopStep.Worked;
    }

    /// <summary>Closes one level, when all workers have closed the one before; behind the last one of them seals the epoch.</summary>
    private LoopStep CloseEpoch()
    {
        if (_closingLevel < _run.Levels) CloseLevel(_closingLevel);
        else if (_closingLevel == _run.Levels && _index == 0) _run.Seal(_run.Control.Kind);
        if (_closingLevel++ <= _run.Levels)
        {
            Meet();
            return LoopStep.Worked;
        }

        _closingLevel = NotClosing;
        if (_index == 0) _run.Control.Consider(); // what was asked for meanwhile
        return _run.HasEnded ? LoopStep.Ended : LoopStep.Worked;
    }

    private void CloseLevel(int level)
    {
        TakeInbox(int.MaxValue);
        foreach (FlowTask task in Tasks) task.CloseLevel(level, _endRound);
        if (level == _run.Levels - 1) Collect();
    }

    /// <summary>Comes to the next meeting of the workers; the next step waits until all have come.</summary>
    private void Meet()
    {
        _meetings++;
        if (_run.Gate.Arrive()) _run.WakeAll();
    }

    private void Collect()
    {
        foreach (FlowTask task in Tasks) task.Collect(_run.Epoch);
    }

    /// <summary>Reads what is committed now, as far as it may: who settles asks for epochs until all of it has been read.</summary>
    private void ReadToEnds()
    {
        foreach (Source source in _sources) source.SettlesAt = _run.Log.GetOffsets(source.Topic, source.Partition).Next;
        bool worked = true;
        while (worked && !_run.IsPaused) worked = CatchUpTables() | ReadSources() | TakeInbox(int.MaxValue);
        foreach (Source source in _sources) source.SettlesAt = long.MaxValue;
    }

    private void CheckIdle()
    {
        if (_run.IsBounded || _run.IsPaused) return; // who is not read is not silent
        long now = _run.Time.GetTimestamp();
        foreach (Source source in _sources) source.CheckIdle(_run.Time, now);
    }
}
