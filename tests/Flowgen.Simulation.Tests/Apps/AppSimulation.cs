using Flowgen.Log;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Runtime;
using Flowgen.Simulation.Tests.Stages;
using Flowgen.Testing;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>Runs a generated app through its lives on one thread, a clock and a disk that are all simulated, and checks what it leaves.</summary>
internal sealed class AppSimulation
{
    private const int MostSteps = 400_000;
    private const int LongLife = 5_000;
    private const int EventBytes = 160; // of an event in a batch of its own, at most
    private const int VersionsOfFactors = 4;

    /// <summary>Name of the app.</summary>
    public const string App = "app";

    private static readonly TimeSpan InputLife = TimeSpan.FromHours(1);
    private const string Directory = "/log";

    private readonly Plan _plan;
    private readonly EngineBug _bug;
    private readonly Random _random;
    private readonly AcknowledgedInput _acknowledged = new();
    private readonly SimulatedReader _reader;
    private FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(Plan.Start));
    private SimulatedFileSystem _disk = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private FlowLog? _opened;
    private string? _escaped;
    private int _operations; // of the disk, when the last life ended
    private CrashedLife? _crashed;
    private long _steps;

    private AppSimulation(Plan plan, EngineBug bug)
    {
        _plan = plan;
        _bug = bug;
        _random = new Random(plan.Seed);
        _reader = new SimulatedReader(plan, _random);
    }

    private Trace Trace { get; } = new();

    /// <summary>Runs the app of a seed.</summary>
    /// <returns>A hash of all that happened; the same for the same seed.</returns>
    /// <exception cref="SimulationFailedException">The app did not do what it promises; the message holds seed, plan and the end of the trace.</exception>
    public static ulong Run(int seed, EngineBug bug = EngineBug.None) => Run(PlanGenerator.Generate(seed), bug).Trace.Hash;

    /// <summary>Runs an app whose only life before the last one ends with a crash.</summary>
    /// <param name="plan">The app.</param>
    /// <param name="operation">The operation of the disk, counted from 0, amid which the machine loses its power.</param>
    /// <param name="loss">What that does to what was not synced.</param>
    /// <param name="bug">A mistake of the engine.</param>
    /// <returns>How the disk and the state were when the last life began.</returns>
    /// <exception cref="SimulationFailedException">The app did not do what it promises.</exception>
    public static CrashedLife Crash(Plan plan, int operation, Loss loss, EngineBug bug = EngineBug.None)
    {
        PlanLife life = new(LifeEnding.Crash, Workers: 2, Steps: operation, IsBounded: false, loss, Fault: default, StopsAtPoison: false, RoomAfter: int.MaxValue);
        return Run(plan with { Lives = [life] }, bug)._crashed!;
    }

    private static AppSimulation Run(Plan plan, EngineBug bug)
    {
        AppSimulation simulation = new(plan, bug);
        return InOneThread(() =>
        {
            try
            {
                simulation.Run();
                return simulation;
            }
            catch (Exception e)
            {
                throw new SimulationFailedException($"{e.Message}\n{(e is SimulationFailedException ? "" : e.ToString())}\n{plan}\n{simulation.Trace}");
            }
        });
    }

    /// <summary>What waits for a task goes on where the task ends, not on another thread.</summary>
    private static T InOneThread<T>(Func<T> run)
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private void Run()
    {
        foreach (PlanLife life in _plan.Lives)
        {
            Trace.Add(life.ToString());
            LiveAndDie(life);
            _clock = new FakeTimeProvider(_clock.GetUtcNow()); // what was killed hears no clock any more
        }

        FlowLog log = Open(new AfterKill(_disk));
        _crashed = new CrashedLife(_operations, HasDroppedChanges(log));
        LiveToTheEnd(log);
        Close(log);
    }

    /// <summary>A life that may end with an error, because the disk fails.</summary>
    private void LiveAndDie(PlanLife life)
    {
        _disk.CrashAt = life.Ending == LifeEnding.Crash ? _disk.Operations + life.Steps : int.MaxValue;
        _disk.Fault = life.Ending == LifeEnding.Fault ? new Fault(_disk.Operations + life.Steps, life.Fault) : Fault.None;
        _disk.CapacityInPages = life.Ending == LifeEnding.Full ? _disk.AllocatedPages + life.Steps : int.MaxValue;
        int failures = _disk.Failures;
        try
        {
            FlowLog log = Open(new AfterKill(_disk));
            Live(log, life);
            if (life.Ending is LifeEnding.Stop or LifeEnding.Close or LifeEnding.Fault or LifeEnding.Full) Close(log);
        }
        catch (Exception e) when (life.Ending is LifeEnding.Crash or LifeEnding.Fault or LifeEnding.Full && IsOfTheDisk(e, failures))
        {
            Trace.Add("ended by " + e.GetType().Name);
        }
        catch (Exception e) when (life.StopsAtPoison && _plan.HasPoison && e is StageFailedException or RecordFormatException)
        {
            Trace.Add("stopped at poison");
        }

        _operations = _disk.Operations;
        if (_disk.HasCrashed || life.Ending == LifeEnding.Crash) _disk = _disk.Restart(life.Loss, _plan.Seed);
        _disk.CrashAt = int.MaxValue;
        _disk.Fault = Fault.None;
        _disk.CapacityInPages = int.MaxValue;
    }

    private void Live(FlowLog log, PlanLife life)
    {
        World world = Populate(log);
        FlowEngine engine = Create(world, life.Workers, life.StopsAtPoison ? ErrorAction.Stop : _plan.OnError);
        Task running = Begin(life.IsBounded && world.Producer.IsDone ? engine.RunToEndAsync() : engine.RunAsync());
        if (life.Ending == LifeEnding.Full)
        {
            RunUntil(world, () => running.IsCompleted || world.Scheduler.Steps >= Math.Min(life.RoomAfter, LongLife));
            if (life.RoomAfter < LongLife) _disk.CapacityInPages = int.MaxValue;
        }

        bool countsSteps = life.Ending is LifeEnding.Stop or LifeEnding.Close or LifeEnding.Kill;
        long until = countsSteps ? life.Steps : LongLife;
        RunUntil(world, () => _disk.HasCrashed || running.IsCompleted || world.Scheduler.Steps >= until);
        if (_disk.HasCrashed) return;
        if (life.Ending is not (LifeEnding.Kill or LifeEnding.Crash)) Stop(world, engine, running);
        else if (running.IsCompleted) Wait(running); // before anything has happened to it
    }

    /// <summary>Deletes a topic while the app works on it.</summary>
    /// <param name="seed">The seed of the app.</param>
    /// <returns>The topic, and what the run ends with.</returns>
    public static (string Topic, Exception? End) DeleteAnInput(int seed)
    {
        Plan plan = PlanGenerator.Generate(seed) with { KeptEvents = 0 }; // all input is there before the app runs
        AppSimulation simulation = new(plan, EngineBug.None);
        string topic = plan.Stages.SelectMany(stage => stage.Feeds).First(feed => feed.From is PlanInput).From.Topic!;
        return (topic, InOneThread(() => simulation.Delete(topic)));
    }

    private Exception? Delete(string topic)
    {
        using FlowLog log = Open(_disk);
        World world = Populate(log);
        RunUntil(world, () => world.Producer.HasEnded);
        FlowEngine engine = Create(world, _random.Next(1, 5), _plan.OnError);
        Task running = Begin(engine.RunAsync());
        long until = world.Scheduler.Steps + _random.Next(200);
        RunUntil(world, () => world.Scheduler.Steps >= until);
        world.Log.AtOnce(() =>
        {
            log.DeleteTopic(topic);
            return 0;
        });
        RunUntil(world, () => running.IsCompleted);
        return Record.Exception(() => Wait(running));
    }

    /// <summary>A last life in which nothing fails: the input ends, and then event time.</summary>
    private void LiveToTheEnd(FlowLog log)
    {
        World world = Populate(log);
        FlowEngine engine = Create(world, _random.Next(1, 5), _plan.OnError);
        if (_random.Next(2) == 0 || _plan.KeptEvents > 0 || _plan.InputExpires)
        {
            Task live = Begin(engine.RunAsync());
            RunUntil(world, () => live.IsCompleted || (world.Producer.IsDone && (!_plan.InputExpires || world.Producer.IsConsumed)));
            Stop(world, engine, live);
        }

        RunUntil(world, () => world.Producer.IsDone);
        if (_plan.InputExpires) LetInputExpire(world, log);
        Task running = Begin(engine.RunToEndAsync());
        RunUntil(world, () => running.IsCompleted);
        Wait(running);
        OutcomeCheck check = new(_plan, log);
        string[] violations = [.. _reader.Violations().Concat(check.Violations(engine.GetStatistics())).Take(3)];
        if (violations.Length > 0) throw new SimulationFailedException(string.Join('\n', violations));
        Trace.Add($"{log.CommitVersion} commits");
    }

    /// <summary>Retention takes all of the input: what was read from it is in the state, and nowhere else.</summary>
    private void LetInputExpire(World world, FlowLog log)
    {
        _clock.Advance(2 * InputLife);
        RunUntil(world, () => _plan.Inputs.Where(input => _plan.Reads(input.Topic)).All(input => Enumerable.Range(0, input.Partitions).All(partition =>
            log.DescribePartition(input.Topic, partition) is var described && described.FirstOffset == described.NextOffset)));
    }

    private World Populate(FlowLog log)
    {
        _acknowledged.Check(log);
        SimulatedScheduler scheduler = new(_random, _clock, Trace, _bug);
        SteppedLog stepped = new(log, scheduler, _bug, _random, _plan.LongestDiskStep);
        SimulatedProducer producer = Prepare(log, stepped);
        producer.Start(scheduler, longestPause: _random.Next(1, 100_000));
        _reader.Start(log, stepped, scheduler, longestPause: _random.Next(1, 50_000));
        return new World(scheduler, stepped, producer);
    }

    /// <summary>What fails before a run has begun fails at once. A run that ends on another thread ends at a time that no seed decides.</summary>
    private Task Begin(Task running)
    {
        if (running.IsCompleted) Wait(running);
        running.ContinueWith(_ => CheckThread(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return running;
    }

    private void CheckThread()
    {
        if (Environment.CurrentManagedThreadId != _thread) Volatile.Write(ref _escaped, "a run ended on another thread than that of the simulation");
    }

    private void Stop(World world, FlowEngine engine, Task running)
    {
        Task stopping = engine.StopAsync();
        RunUntil(world, () => stopping.IsCompleted);
        Wait(stopping);
        Wait(running);
    }

    private void RunUntil(World world, Func<bool> isOver)
    {
        while (!isOver())
        {
            ThrowIfEscaped();
            if (_steps++ > MostSteps) throw new SimulationFailedException($"the app does not end: {MostSteps} steps are over");
            world.Scheduler.TakeStep();
            world.Log.Tell();
        }

        ThrowIfEscaped();
    }

    private void ThrowIfEscaped()
    {
        if (Volatile.Read(ref _escaped) is { } escaped) throw new SimulationFailedException(escaped);
    }

    private FlowLog Open(IFileSystem files)
    {
        if (_bug == EngineBug.SyncsAreForgotten) files = new PlantedBug(files) { ForgetsSync = _ => true };
        _opened?.Metrics.Dispose(); // all that is left of a process that was killed: a meter is kept until it is disposed of
        return _opened = FlowLog.Open(Directory, new FlowLogOptions { SegmentBytes = _plan.SegmentBytes, TimeProvider = _clock }, files, CommitMode.Inline);
    }

    /// <summary>As the log does with its threads: what was submitted is still committed.</summary>
    private static void Close(FlowLog log)
    {
        while (log.Pipeline.WriteNext() | log.Pipeline.CommitNext()) { }
        log.Dispose();
    }

    private FlowEngine Create(World world, int workers, ErrorAction onError) => FlowEngine.Create(
        new AppInfo(App, _plan.CommitEveryMs, ""),
        PlannedApp.Describe(_plan),
        world.Log,
        new FlowEngineOptions
        {
            Workers = workers,
            MaxCommitsInFlight = _plan.MaxCommitsInFlight,
            MaxEpochBytes = _plan.MaxEpochBytes,
            MaxInFlightBytes = _plan.MaxInFlightBytes,
            OnError = onError,
            RetryEvery = TimeSpan.FromMilliseconds(20),
            SnapshotAfterBytes = _plan.SnapshotAfterBytes,
            SnapshotSliceBytes = _plan.SnapshotSliceBytes,
            TimeProvider = _clock,
            Scheduler = world.Scheduler,
        },
        services: null);

    /// <summary>Topics, table and producer.</summary>
    private SimulatedProducer Prepare(FlowLog log, SteppedLog stepped)
    {
        foreach (PlanInput input in _plan.Inputs) stepped.AtOnce(() => log.EnsureTopic(input.Topic, SettingsOf(input)));
        if (_plan.FactorPartitions > 0) FillTable(log, stepped);
        return new SimulatedProducer(log, stepped, _plan, _random, _acknowledged);
    }

    private void FillTable(FlowLog log, SteppedLog stepped)
    {
        stepped.EnsureTopic(new TopicDeclaration(Plan.Factors, _plan.FactorPartitions, Cleanup.Compact));
        int[] keys = [.. Enumerable.Range(0, 600).Where(Plan.HasFactor)];
        long rows = Enumerable.Range(0, _plan.FactorPartitions).Sum(partition => stepped.GetOffsets(Plan.Factors, partition).Next);
        for (int version = (int)(rows / keys.Length); version < VersionsOfFactors; version++) stepped.AtOnce(() => AddFactors(log, keys, version));
    }

    /// <summary>All rows once more, and behind the last version those that are none.</summary>
    private int AddFactors(FlowLog log, int[] keys, int version)
    {
        bool isLast = version == VersionsOfFactors - 1;
        TopicWriter<Factor, FactorCodec> rows = new(log, Plan.Factors);
        foreach (int key in keys) rows.Add(isLast ? Plan.FactorOf(key) : new Factor(key, 1, version));
        using LogTransaction transaction = log.BeginTransaction();
        rows.AppendTo(transaction);
        for (int i = 0; isLast && _plan.HasPoison && i < Plan.BadRows; i++)
        {
            BatchBuilder bad = new();
            bad.StartVariable(schemaId: 0);
            bad.Add(Plan.Start, [(byte)i], keyIsNull: false, Plan.BadRow(i), valueIsNull: false);
            transaction.Append(Plan.Factors, i % _plan.FactorPartitions, bad);
        }

        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
        return version;
    }

    private TopicSettings SettingsOf(PlanInput input) => new(input.Partitions, Retention: _plan.InputExpires && _plan.Reads(input.Topic) ? InputLife : null)
    {
        RetentionBytes = _plan.KeptEvents > 0 && _plan.Reads(input.Topic) ? _plan.KeptEvents * EventBytes : null,
    };

    /// <summary>Whether a life may end so: the disk has done something to it in this life, and nothing is damaged. Only a failed sync may leave what cannot be read
    /// before the log is opened again.</summary>
    private bool IsOfTheDisk(Exception e, int failuresBefore) =>
        (_disk.HasCrashed || _disk.Failures > failuresBefore)
        && e is FlowLogException or IOException or SimulatedCrashException
        && (_disk.ASyncHasFailed || !IsDamage(e));

    /// <summary>Whether a snapshot of state was committed, so that the changes before it could go.</summary>
    private static bool HasDroppedChanges(FlowLog log) => log.ListTopics(includeInternal: true)
        .Where(topic => topic.Name.EndsWith(".changelog", StringComparison.Ordinal))
        .Any(topic => Enumerable.Range(0, topic.Partitions).Any(partition => log.DescribePartition(topic.Name, partition).FirstOffset > 0));

    private static bool IsDamage(Exception? e) => e is not null && (e is LogCorruptionException || IsDamage(e.InnerException));

    private static void Wait(Task ended) => ended.GetAwaiter().GetResult();

    /// <summary>What lives on one opened log.</summary>
    private sealed record World(SimulatedScheduler Scheduler, SteppedLog Log, SimulatedProducer Producer);
}
