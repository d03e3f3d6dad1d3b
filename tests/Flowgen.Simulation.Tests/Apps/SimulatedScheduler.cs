using System.Globalization;
using Flowgen.Runtime;
using Flowgen.Testing;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>Decides by a seed who takes the next step and how long it lasts. All on the caller's thread, on a clock of its own.</summary>
internal sealed class SimulatedScheduler(Random random, FakeTimeProvider clock, Trace trace, EngineBug bug) : IEngineScheduler
{
    private const int LongestPause = 2_000; // ticks between two steps

    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMilliseconds(10);

    private readonly List<SimulatedLoop> _loops = [];
    private readonly List<SimulatedLoop> _ready = [];

    public long Steps { get; private set; }

    /// <summary>Whether nobody has anything to do before time passes.</summary>
    public bool IsQuiet => !_loops.Exists(loop => loop.IsAwake);

    public ILoop CreateWorker(string name, Func<LoopStep> step) => Add(name, step, longestStep: 0);

    public ILoop CreateHelper(string name, Func<LoopStep> step) => Add(name, step, longestStep: 0);

    public EpochGate CreateGate(int workers) => bug == EngineBug.WorkersDoNotWaitForEachOther ? new OpenGate(workers) : new EpochGate(workers);

    /// <summary>The engine goes on in the step that ends a run: it may begin the next.</summary>
    public TaskCompletionSource CreateEnd() => new();

    public SimulatedLoop Add(string name, Func<LoopStep> step, int longestStep)
    {
        SimulatedLoop loop = new(name, step, LosesWake) { LongestStep = longestStep };
        _loops.Add(loop);
        return loop;
    }

    /// <summary>Lets somebody take a step, or time pass where nobody can.</summary>
    public void TakeStep()
    {
        Steps++;
        _ready.Clear();
        long now = clock.GetTimestamp();
        foreach (SimulatedLoop loop in _loops)
        {
            if (loop.IsAwake && loop.BusyUntil <= now) _ready.Add(loop);
        }

        if (_ready.Count == 0)
        {
            LetTimePass(now);
            return;
        }

        SimulatedLoop next = _ready[random.Next(_ready.Count)];
        LoopStep found = next.Step();
        if (next.LongestStep > 0) next.BusyUntil = now + random.Next(next.LongestStep);
        if (next.HasEnded) _loops.Remove(next);
        trace.Add(string.Create(CultureInfo.InvariantCulture, $"{now} {next.Name}: {found}"));
        clock.Advance(TimeSpan.FromTicks(random.Next(LongestPause)));
    }

    /// <summary>Up to the end of a step that lasts, or for a while.</summary>
    private void LetTimePass(long now)
    {
        long next = _loops.Where(loop => loop.IsAwake).Select(loop => loop.BusyUntil).DefaultIfEmpty(now + Silence.Ticks).Min();
        clock.Advance(TimeSpan.FromTicks(Math.Min(next - now, LongestSilence.Ticks)));
    }

    private bool LosesWake() => bug == EngineBug.WakesAreLost && random.Next(20) == 0;

    /// <summary>The planted bug: nobody waits at the meetings.</summary>
    private sealed class OpenGate(int workers) : EpochGate(workers)
    {
        public override bool IsOpen(long meetings) => true;
    }
}
