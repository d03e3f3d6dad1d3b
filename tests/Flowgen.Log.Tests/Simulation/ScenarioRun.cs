using Flowgen.Log.Files;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>Takes the steps of a scenario on a simulated disk, and knows at each moment what the log may hold.</summary>
internal sealed class ScenarioRun
{
    private readonly Scenario _scenario;
    private readonly Func<IFileSystem, IFileSystem> _plant;
    private readonly FlowLogOptions _options;
    private FlowLog? _log;
    private List<Action<LogModel>> _pending = [];

    /// <summary>Makes a run; nothing happens yet.</summary>
    /// <param name="scenario">The steps.</param>
    /// <param name="disk">The disk.</param>
    /// <param name="plant">The disk as the log sees it; with a bug, for instance.</param>
    public ScenarioRun(Scenario scenario, SimulatedFileSystem disk, Func<IFileSystem, IFileSystem>? plant = null)
    {
        _scenario = scenario;
        _plant = plant ?? (files => files);
        _options = scenario.LogOptions with { TimeProvider = Time };
        Disk = disk;
    }

    public SimulatedFileSystem Disk { get; }

    public SteppedTime Time { get; } = new();

    public FlowLog Log => _log ?? throw new InvalidOperationException("The log is not open.");

    /// <summary>What the log may hold after a crash: what was acknowledged, and what is under way.</summary>
    public IReadOnlyList<LogModel> Possible { get; private set; } = [new LogModel()];

    /// <summary>What was acknowledged.</summary>
    public LogModel Acknowledged => Possible[0];

    public Step Current { get; private set; } = Step.Nothing;

    /// <summary>Steps taken.</summary>
    public int Taken { get; private set; }

    public bool IsDone => Taken == _scenario.Steps.Count;

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
        Foresee(Acknowledged);
    }

    /// <summary>The next effect of the step: acknowledged, or failed without a trace.</summary>
    /// <exception cref="LogPoisonedException">Nobody knows which.</exception>
    public void Settle(Task commit)
    {
        try
        {
            commit.GetAwaiter().GetResult();
            _pending.RemoveAt(0);
            Possible = [.. Possible.Skip(1)];
        }
        catch (LogWriteException)
        {
            _pending.RemoveAt(0);
            Foresee(Acknowledged);
        }
    }

    /// <summary>What is left of the step is acknowledged.</summary>
    public void Complete()
    {
        Possible = [Possible[^1]];
        Taken++;
        Current = Step.Nothing;
    }

    /// <summary>Opens the log as a new process does; the former one was killed if it has not closed it.</summary>
    public void Open() => _log = OpenOn(Disk);

    public FlowLog OpenOn(SimulatedFileSystem disk) => Scenario.Open(_plant(new AfterKill(disk)), _options);

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

    private void Foresee(LogModel acknowledged)
    {
        var possible = new List<LogModel> { acknowledged };
        foreach (var effect in _pending)
        {
            var model = possible[^1].Clone();
            effect(model);
            possible.Add(model);
        }

        Possible = possible;
    }
}
