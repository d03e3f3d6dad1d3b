using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Runs an app on a log: reads its topics, runs its stages, and commits inputs, outputs, state and event time in one atomic step.</summary>
public sealed class FlowEngine : IAsyncDisposable
{
    private readonly IEngineLog _log;
    private readonly FlowEngineOptions _options;
    private readonly IServiceProvider _services;
    private readonly int? _lastRound; // null where stages feed each other, so that only a quiet app has settled
    private readonly Lock _gate = new();
    private EngineRun? _run;
    private Task _running = Task.CompletedTask;
    private CancellationTokenSource? _stopping;
    private Exception? _waitsFor;
    private EngineRun? _failed;
    private TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _disposed;

    private FlowEngine(FlowGraph graph, IEngineLog log, FlowEngineOptions options, IServiceProvider services)
    {
        Graph = graph;
        _lastRound = BoundedRounds.TryNumber(graph);
        _log = log;
        _options = options;
        _services = services;
    }

    /// <summary>The app that the engine runs.</summary>
    public AppInfo App => Graph.App;

    internal FlowGraph Graph { get; }

    /// <summary>The tasks of the current or last run.</summary>
    internal IReadOnlyList<FlowTask> Tasks => _run?.Tasks ?? [];

    /// <summary>Makes an engine for an app on the embedded log, and creates the topics that are missing.</summary>
    /// <typeparam name="TApp">The class with <see cref="FlowAppAttribute"/>.</typeparam>
    /// <param name="log">The log; it must stay open as long as the engine runs.</param>
    /// <param name="options">How to run; null takes the defaults.</param>
    /// <param name="services">Where stages with constructor parameters find them.</param>
    /// <returns>The engine, not running yet.</returns>
    /// <exception cref="FlowTopologyException">The stages do not fit together, or do not fit the topics of the log.</exception>
    /// <exception cref="InvalidTopicNameException">The name of the app cannot be that of a group.</exception>
    public static FlowEngine Create<TApp>(FlowLog log, FlowEngineOptions? options = null, IServiceProvider? services = null)
        where TApp : IFlowApp<TApp> =>
        Create<TApp>(new EmbeddedLog(log), options, services);

    /// <summary>Makes an engine for an app, and creates the topics that are missing.</summary>
    /// <typeparam name="TApp">The class with <see cref="FlowAppAttribute"/>.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="options">How to run; null takes the defaults.</param>
    /// <param name="services">Where stages with constructor parameters find them.</param>
    /// <returns>The engine, not running yet.</returns>
    /// <exception cref="FlowTopologyException">The stages do not fit together, or do not fit the topics of the log.</exception>
    /// <exception cref="InvalidTopicNameException">The name of the app cannot be that of a group.</exception>
    public static FlowEngine Create<TApp>(IEngineLog log, FlowEngineOptions? options = null, IServiceProvider? services = null)
        where TApp : IFlowApp<TApp>
    {
        AppBuilder app = new();
        TApp.Describe(app);
        return Create(TApp.Info, app, log, options, services);
    }

    internal static FlowEngine Create(AppInfo info, AppBuilder app, IEngineLog log, FlowEngineOptions? options, IServiceProvider? services)
    {
        ArgumentNullException.ThrowIfNull(log);
        LogName.Validate("flow app", info.Name);
        options ??= new FlowEngineOptions();
        options.Validate();
        (log as EmbeddedLog)?.CheckBatches();
        FlowGraph graph = new GraphBuilder(info, app).Build(topic => log.EnsureTopic(options.Partitions is { } partitions ? topic with { Partitions = partitions } : topic));
        return new FlowEngine(graph, log, options, services ?? NoServices.Instance);
    }

    /// <summary>Runs until <see cref="StopAsync"/> or a cancellation; both finish what has been read and commit it.</summary>
    /// <param name="cancellationToken">Stops the app.</param>
    /// <returns>Done when the app has stopped.</returns>
    /// <exception cref="StageFailedException">A step threw; nothing of its epoch was committed.</exception>
    public Task RunAsync(CancellationToken cancellationToken = default) => StartRun(isBounded: false, null, cancellationToken);

    /// <summary>Processes what is in the topics now, then ends event time, so that every window closes, and commits. That end is not kept:
    /// a later run goes on with later records. Those that belong to a window of which a result was written come into another one, whose result
    /// holds them alone, or, where the watermark had passed that window already, are late: dropped and counted in
    /// <see cref="OperatorStatistics.LateRecords"/>, unless a step takes them. A cancellation finishes what has been read and commits it, without the end of time.</summary>
    /// <param name="progress">Told the number of records read, after each commit.</param>
    /// <param name="cancellationToken">Stops the app before the end.</param>
    /// <returns>Done when everything is committed.</returns>
    /// <exception cref="StageFailedException">A step threw; nothing of its epoch was committed.</exception>
    public Task RunToEndAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) => StartRun(isBounded: true, progress, cancellationToken);

    /// <summary>Finishes what has been read, commits it and stops. Nothing happens if the app does not run.</summary>
    /// <returns>Done when the app has stopped. What made it fail is thrown by the run, not here.</returns>
    public async Task StopAsync()
    {
        Task running;
        lock (_gate)
        {
            running = _running;
            _run?.Control.Stop();
            _stopping?.Cancel();
        }

        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Waits until everything that is committed in the input topics now has been processed and its results are committed, those of later stages too.
    /// What comes meanwhile is not waited for, except where stages feed each other through topics.</summary>
    /// <returns>Done when it is committed.</returns>
    /// <exception cref="InvalidOperationException">The app does not run.</exception>
    public async Task SettleAsync()
    {
        EngineRun run = await NextRunAsync(failed: null).ConfigureAwait(false) ?? throw new InvalidOperationException($"App '{App.Name}' does not run: call RunAsync first.");
        for (int round = 0; round <= (_lastRound ?? int.MaxValue); round++)
        {
            (run, bool isQuiet) = await SettleRoundAsync(run, run.Ends()).ConfigureAwait(false);
            if (isQuiet) return;
        }
    }

    /// <summary>Why the app does not get on: the disk is full, and it tries again until there is room. Null while all is well.</summary>
    public Exception? WaitsFor => _waitsFor is { } full && (_run == _failed || _run?.Commits == 0) ? full : null;

    /// <summary>What made the last run fail; null while it runs, and where it has not failed.</summary>
    public Exception? Failure => _running.Exception?.InnerException;

    /// <summary>What the app has done in its current or last run.</summary>
    /// <returns>A snapshot of the counters.</returns>
    public FlowEngineStatistics GetStatistics() => _run is { } run ? FlowEngineStatistics.Of(run) : FlowEngineStatistics.None;

    /// <summary>Ends the run without another commit; call <see cref="StopAsync"/> before to commit what has been read.</summary>
    /// <returns>Done when all threads have ended.</returns>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_gate)
        {
            _disposed = true;
            _stopping?.Cancel();
            running = _running;
            if (!running.IsCompleted) _run?.Fail(new OperationCanceledException("The engine was disposed."));
        }

        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task StartRun(bool isBounded, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_running.IsCompleted) throw new InvalidOperationException($"App '{App.Name}' runs already: wait for its end, or call StopAsync.");
            _running = RunAsync(isBounded, progress, cancellationToken);
            return _running;
        }
    }

    private async Task RunAsync(bool isBounded, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (!RunningApps.TryEnter(_log, Graph)) throw new InvalidOperationException($"App '{App.Name}' runs already on this log, and two of it would write everything twice: stop the other one first.");
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stopping = stopping;
        PoisonRecords poison = new();
        try
        {
            if (_log is EmbeddedLog embedded) Graph.CheckPartitions(embedded.Log);
            while (!await TryRunAsync(isBounded, progress, poison, stopping).ConfigureAwait(false))
            {
                // Another run from the last commit.
            }
        }
        finally
        {
            _waitsFor = null;
            lock (_gate)
            {
                _stopping = null;
                _replaced.TrySetResult();
            }

            RunningApps.Leave(_log, App.Name);
        }
    }

    /// <summary>Runs from the last commit. Nothing of what was not committed is lost or doubled by running again.</summary>
    /// <returns>False if there is reason to run again.</returns>
    private async Task<bool> TryRunAsync(bool isBounded, IProgress<long>? progress, PoisonRecords poison, CancellationTokenSource stopping)
    {
        try
        {
            using EngineRun run = new(Graph, _log, _options, _services, isBounded, progress, poison);
            Replace(run);
            using IDisposable? observed = run.Metrics?.Observe(run);
            using (stopping.Token.Register(run.Control.Stop)) await run.RunAsync().ConfigureAwait(false);
            return true;
        }
        catch (DiskFullException full) when (!stopping.IsCancellationRequested)
        {
            (_failed, _waitsFor) = (_run, full);
            await RestAsync(stopping.Token).ConfigureAwait(false);
            if (stopping.IsCancellationRequested) throw;
            return false;
        }
        catch (StageFailedException failure) when (_options.OnError != ErrorAction.Stop && !_disposed && poison.TryAdd(failure))
        {
            return false;
        }
    }

    /// <summary>Waits until it is time to try again, or the app is to stop.</summary>
    private async Task RestAsync(CancellationToken stopping)
    {
        TaskCompletionSource over = _options.Scheduler.CreateEnd();
        await using (_options.TimeProvider.CreateTimer(_ => over.TrySetResult(), null, _options.RetryEvery, Timeout.InfiniteTimeSpan).ConfigureAwait(false))
        await using (stopping.Register(() => over.TrySetResult()).ConfigureAwait(false))
        {
            await over.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Waits until everything before some offsets has been processed, and its results are committed.</summary>
    /// <returns>The run that has done it, and whether there was nothing to commit any more.</returns>
    private async Task<(EngineRun Run, bool IsQuiet)> SettleRoundAsync(EngineRun run, long[] ends)
    {
        while (true)
        {
            long before = run.Commits;
            Task settled = run.Control.SettleAsync();
            await settled.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!settled.IsCompletedSuccessfully) run = await NextRunAsync(run).ConfigureAwait(false) ?? throw settled.Exception!.InnerException!;
            else if (run.HasClosedAt(ends)) return (run, run.Commits == before);
        }
    }

    private void Replace(EngineRun run)
    {
        lock (_gate)
        {
            _run = run;
            _replaced.TrySetResult();
            _replaced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The run that has taken the place of one that failed; the first, if there was none yet, because not even that could begin.</summary>
    /// <returns>Null if the app has stopped.</returns>
    private async Task<EngineRun?> NextRunAsync(EngineRun? failed)
    {
        while (true)
        {
            Task replaced;
            lock (_gate)
            {
                if (_run != failed) return _run;
                if (_stopping is null) return null;
                replaced = _replaced.Task;
            }

            await replaced.ConfigureAwait(false);
        }
    }

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
