using Flowgen.Log.Files;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>Takes the steps of a scenario on a simulated disk, and knows at each moment what the log may hold.</summary>
internal sealed class ScenarioRun
{
    private const char Done = '1';
    private const char Failed = '0';

    private readonly Scenario _scenario;
    private readonly Func<SimulatedFileSystem, FlowLog> _open;
    private FlowLog? _log;
    private List<Action<LogModel>> _pending = [];

    /// <summary>Makes a run; nothing happens yet.</summary>
    /// <param name="scenario">The steps.</param>
    /// <param name="disk">The disk.</param>
    /// <param name="plant">The disk as the log sees it; with a bug, for instance.</param>
    public ScenarioRun(Scenario scenario, SimulatedFileSystem disk, Func<IFileSystem, IFileSystem>? plant = null)
    {
        plant ??= files => files;
        _scenario = scenario;
        _open = opened => Scenario.Open(plant(new AfterKill(opened)), scenario.LogOptions with { TimeProvider = LogTime });
        Disk = disk;
    }

    /// <summary>Makes a run on the disk of this machine, with the threads of the log.</summary>
    /// <param name="scenario">The steps; none of them opens the log again.</param>
    /// <param name="directory">The directory.</param>
    public ScenarioRun(Scenario scenario, string directory)
    {
        _scenario = scenario;
        _open = _ => FlowLog.Open(directory, scenario.LogOptions with { TimeProvider = LogTime });
        Disk = new SimulatedFileSystem();
        IsReal = true;
    }

    /// <summary>The simulated disk.</summary>
    public SimulatedFileSystem Disk { get; }

    /// <summary>Whether the log has a real disk and threads of its own.</summary>
    public bool IsReal { get; }

    public SteppedTime Time { get; } = new();

    private TimeProvider LogTime => _scenario.Bugs.HasFlag(ScenarioBugs.TheClockIsAhead) ? new AheadTime(Time) : Time;

    public FlowLog Log => _log ?? throw new InvalidOperationException("The log is not open.");

    /// <summary>What the log may hold after a crash: what was acknowledged, and what is under way.</summary>
    public IReadOnlyList<LogModel> Possible { get; private set; } = [new LogModel()];

    /// <summary>What was acknowledged.</summary>
    public LogModel Acknowledged => Possible[0];

    public Step Current { get; private set; } = Step.Nothing;

    /// <summary>What became of the effects of the last step: a digit for each.</summary>
    public string Outcomes { get; private set; } = "";

    /// <summary>Steps taken.</summary>
    public int Taken { get; private set; }

    public bool IsDone => Taken == _scenario.Steps.Count;

    /// <summary>The stamped batches that were sent last.</summary>
    public TransactionContent? Retry { get; set; }

    public void Run()
    {
        Open();
        while (!IsDone)
            TakeNext();
        Log.Dispose();
    }

    public void TakeNext()
    {
        Begin();
        Current.Do(this);
        Complete();
    }

    /// <summary>The next step is under way.</summary>
    public void Begin()
    {
        Current = _scenario.Steps[Taken];
        _pending = [.. Current.Effects];
        Outcomes = "";
        Foresee(Acknowledged);
    }

    /// <summary>The next effect of the step: acknowledged, or failed without a trace. A backup that fails is no failure of the log.</summary>
    /// <exception cref="LogPoisonedException">Nobody knows which.</exception>
    public void Settle(Task commit)
    {
        try
        {
            commit.GetAwaiter().GetResult();
            Settle(Done);
        }
        catch (Exception e) when (e is LogWriteException or IOException)
        {
            Settle(Failed);
        }
    }

    /// <summary>What is left of the step is acknowledged.</summary>
    public void Complete()
    {
        while (_pending.Count > 0)
            Settle(Done);
        Taken++;
        Current = Step.Nothing;
    }

    /// <summary>The next step, of which another process has told that it is done, and which of its effects failed: <see cref="Outcomes"/>.</summary>
    public void Note(string outcomes)
    {
        Begin();
        foreach (char outcome in outcomes)
            Settle(outcome);
        Complete();
    }

    /// <summary>The next step was under way in another process: any of its effects may have failed, or have come about.</summary>
    public void BeginElsewhere()
    {
        Begin();
        var possible = new List<LogModel> { Acknowledged };
        foreach (var effect in _pending)
            possible.AddRange([.. possible.Select(m => After(m, effect))]);
        Possible = possible;
    }

    /// <summary>Opens the log as a new process does; the former one was killed if it has not closed it.</summary>
    public void Open()
    {
        _log?.Metrics.Dispose(); // all that is left of a process that was killed: a meter is kept until it is disposed of
        _log = OpenOn(Disk);
    }

    public FlowLog OpenOn(SimulatedFileSystem disk) => _open(disk);

    /// <summary>Which of the possible states the log holds, or -1 and what differs from the acknowledged one.</summary>
    public int Find(LogModel content, out string? difference)
    {
        difference = null;
        for (int i = 0; i < Possible.Count; i++)
        {
            if (ModelDifference.Between(Possible[i], content) is not { } wrong)
                return i;
            difference ??= wrong;
        }

        return -1;
    }

    private static LogModel After(LogModel model, Action<LogModel> effect)
    {
        var after = model.Clone();
        effect(after);
        return after;
    }

    private void Settle(char outcome)
    {
        Outcomes += outcome;
        _pending.RemoveAt(0);
        if (outcome == Done)
            Possible = [.. Possible.Skip(1)];
        else
            Foresee(Acknowledged);
    }

    private void Foresee(LogModel acknowledged)
    {
        var possible = new List<LogModel> { acknowledged };
        foreach (var effect in _pending)
            possible.Add(After(possible[^1], effect));
        Possible = possible;
    }

    private sealed class AheadTime(TimeProvider time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + TimeSpan.FromDays(2);
    }
}
