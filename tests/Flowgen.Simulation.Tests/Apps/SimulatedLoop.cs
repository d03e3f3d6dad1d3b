using Flowgen.Runtime;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>Something that takes steps when the scheduler says so: a worker of the engine, a thread of the log, a producer, a reader.</summary>
internal sealed class SimulatedLoop(string name, Func<LoopStep> step, Func<bool> losesWake) : ILoop
{
    public string Name => name;

    /// <summary>Whether there may be something to do.</summary>
    public bool IsAwake { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>Timestamp of the clock up to which the last step lasts.</summary>
    public long BusyUntil { get; set; }

    /// <summary>Ticks that a step may last.</summary>
    public int LongestStep { get; init; }

    public void Start() => IsAwake = true;

    public void Wake() => IsAwake |= !HasEnded && !losesWake();

    public LoopStep Step()
    {
        IsAwake = false;
        LoopStep found = step();
        IsAwake |= found == LoopStep.Worked;
        HasEnded |= found == LoopStep.Ended;
        if (HasEnded) IsAwake = false;
        return found;
    }
}
