using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>One run of an app, from the last commit to a stop, an error, or the end of a bounded input.</summary>
internal sealed class EngineRun : IDisposable
{
    private readonly CancellationTokenSource _abort = new();
    private readonly CommitPipeline _commits;
    private readonly long _maxEpochBytes;
    private readonly Worker[] _workers;
    private readonly Source[] _sources;
    private readonly FlowTask[] _tasks;
    private readonly TableFeed[] _tables;
    private readonly TimeSpan _commitEvery;
    private readonly Dictionary<Changelog, long> _needed = [];
    private readonly Lock _ending = new();
    private readonly LogWatch _watch;
    private readonly TaskCompletionSource _over;
    private readonly Lock _leaving = new();
    private List<LeftOutRecord> _leftOut = [];
    private int _runningWorkers;
    private int _runningLoops = 2; // the commits and the watch
    private Exception? _failure;
    private bool _isDisposed;

    public EngineRun(FlowGraph graph, IEngineLog log, FlowEngineOptions options, IServiceProvider services, bool isBounded, IProgress<long>? progress, PoisonRecords poison)
    {
        Poison = poison;
        poison.BeginRun();
        OnError = options.OnError;
        OffsetReset = options.AutoOffsetReset;
        Graph = graph;
        Log = log;
        Scheduler = options.Scheduler;
        Time = options.TimeProvider;
        _over = Scheduler.CreateEnd();
        Metrics = EngineMetrics.Of(log);
        IsBounded = isBounded;
        Progress = progress;
        Levels = graph.Levels;
        _maxEpochBytes = options.MaxEpochBytes;
        _commitEvery = options.CommitEvery ?? TimeSpan.FromMilliseconds(graph.App.CommitEveryMs);
        Epoch = new EpochWriter(log);
        Flow = new FlowControl(options.MaxInFlightBytes, WakeAll);
        Control = new EpochControl(this, options.MaxCommitsInFlight);
        _commits = new CommitPipeline(this);
        _watch = new LogWatch(this);
        _workers = [.. Enumerable.Range(0, options.Workers).Select(index => new Worker(this, index))];
        _runningWorkers = _workers.Length;
        Gate = Scheduler.CreateGate(_workers.Length);
        if (isBounded) LastRound = BoundedRounds.Number(graph);
        _tasks = new TaskBuilder(this, options, services).Create(_workers);
        _sources = [.. _tasks.SelectMany(task => task.Sources)];
        _tables = [.. _tasks.SelectMany(task => task.Tables).Where(table => table.Tells)];
    }

    public FlowGraph Graph { get; }

    public PoisonRecords Poison { get; }

    public ErrorAction OnError { get; }

    public AutoOffsetReset OffsetReset { get; }

    public IEngineLog Log { get; }

    public IEngineScheduler Scheduler { get; }

    public TimeProvider Time { get; }

    public EngineMetrics? Metrics { get; }

    public bool IsBounded { get; }

    public IProgress<long>? Progress { get; }

    public int Levels { get; }

    public int LastRound { get; }

    public EpochWriter Epoch { get; }

    public FlowControl Flow { get; }

    public EpochControl Control { get; }

    public EpochGate Gate { get; }

    public CancellationToken Aborted => _abort.Token;

    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Whether the last epoch is closed.</summary>
    public bool HasEnded { get; private set; }

    public bool IsEpochFull => Epoch.Bytes > _maxEpochBytes;

    /// <summary>Whether sources are not read, because what has been read is not yet processed or committed.</summary>
    public bool IsPaused => Flow.IsFull || IsEpochFull;

    public long Commits => _commits.Commits;

    public IReadOnlyList<FlowTask> Tasks => _tasks;

    /// <summary>Runs until the end; throws what made it fail.</summary>
    public async Task RunAsync()
    {
        _commits.Start();
        _watch.Start();
        foreach (Worker worker in _workers) worker.Start();
        await using (Time.CreateTimer(_ => Control.Tick(), null, _commitEvery, _commitEvery).ConfigureAwait(false))
        {
            await _over.Task.ConfigureAwait(false);
        }

        Control.Abandon(_failure ?? new InvalidOperationException("The app has stopped."));
        if (_failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
    }

    /// <summary>Ends the run without another commit.</summary>
    public void Fail(Exception reason)
    {
        lock (_ending)
        {
            if (_isDisposed) return;
            Interlocked.CompareExchange(ref _failure, reason, null);
            _abort.Cancel();
            WakeAll();
        }
    }

    /// <summary>A record was left out in the open epoch.</summary>
    public void NoteLeftOut(LeftOutRecord record)
    {
        lock (_leaving) _leftOut.Add(record);
    }

    /// <summary>A worker takes no more steps. After the last of them what is closed is still committed.</summary>
    public void NoteWorkerEnded()
    {
        if (Interlocked.Decrement(ref _runningWorkers) == 0) _commits.Complete();
    }

    /// <summary>All that was closed is committed or given up, and no more comes.</summary>
    public void NoteCommitsEnded()
    {
        _abort.Cancel();
        NoteLoopEnded();
    }

    /// <summary>Nobody looks at the log any more.</summary>
    public void NoteWatchEnded() => NoteLoopEnded();

    public void WakeAll()
    {
        foreach (Worker worker in _workers) worker.Wake();
    }

    public bool AllAtEnd(int round) => Array.TrueForAll(_workers, worker => worker.EndedRound == round);

    /// <summary>The offset behind the last record of each partition that is read, in an order that is the same for all runs of an app.</summary>
    public long[] Ends() => [.. _sources.Select(source => Log.GetOffsets(source.Topic, source.Partition).Next)];

    /// <summary>Whether the epoch that was closed last has come to offsets; in a bounded run, to where it reads at all.</summary>
    public bool HasClosedAt(long[] ends)
    {
        for (int i = 0; i < _sources.Length; i++)
        {
            if (_sources[i].NotedPosition < Math.Min(ends[i], _sources[i].End)) return false;
        }

        return true;
    }

    public bool SomeSourceFallsIdle()
    {
        if (IsBounded || IsPaused) return false;
        long now = Time.GetTimestamp();
        foreach (Source source in _sources)
        {
            if (source.WouldFallIdle(Time, now)) return true;
        }

        return false;
    }

    /// <summary>Gives the closed epoch to the commit and starts the next. Called by one worker while the others wait.</summary>
    public void Seal(EpochKind kind)
    {
        HasEnded = kind == EpochKind.Final || (kind == EpochKind.EndOfTime && Control.Round == LastRound);
        long records = 0;
        foreach (Source source in _sources)
        {
            records += source.Records;
            NotePosition(source);
            Metrics?.Consumed(Graph.App.Name, source);
        }

        foreach (TableFeed table in _tables) NotePosition(table);
        Metrics?.Counted(_tasks);
        IEngineTransaction? transaction = Epoch.Take();
        _commits.Add(new SealedEpoch(transaction, kind, records, Needed(), TakeLeftOut(), Control.Sealed(transaction is not null)));
    }

    public void Dispose()
    {
        lock (_ending) _isDisposed = true;
        foreach (Worker worker in _workers) worker.Dispose();
        Epoch.Take()?.Dispose();
        _abort.Dispose();
    }

    private void NotePosition(Source source)
    {
        if (source.Position == source.NotedPosition) return;
        source.NotedPosition = source.Position;
        Epoch.SetOffset(Graph.App.Name, source.Topic, source.Partition, new CommittedPosition(source.Position, SourceMetadata.Format(source.NewestTime)));
    }

    private void NotePosition(TableFeed table)
    {
        if (table.Position <= table.NotedPosition) return;
        table.NotedPosition = table.Position;
        Epoch.SetOffset(Graph.App.Name, table.Topic, table.Partition, new CommittedPosition(table.Position, ""));
    }

    private List<LeftOutRecord> TakeLeftOut()
    {
        lock (_leaving)
        {
            if (_leftOut.Count == 0) return [];
            List<LeftOutRecord> taken = _leftOut;
            _leftOut = [];
            return taken;
        }
    }

    private List<NeededOffset> Needed()
    {
        List<NeededOffset> needed = [];
        foreach (FlowTask task in _tasks)
        {
            foreach (OperatorInstance op in task.Operators)
            {
                if (op.Changelog is not { } changelog || _needed.GetValueOrDefault(changelog) >= changelog.NeededFrom) continue;
                _needed[changelog] = changelog.NeededFrom;
                needed.Add(new NeededOffset(changelog.Topic, changelog.Partition, changelog.NeededFrom));
            }
        }

        return needed;
    }

    private void NoteLoopEnded()
    {
        if (Interlocked.Decrement(ref _runningLoops) == 0) _over.SetResult();
    }
}
