using System.Collections.Concurrent;
using Flowgen.Simulation.Tests.Apps;
using Flowgen.TestKit.Simulation;
using Xunit.Abstractions;

namespace Flowgen.Simulation.Tests;

/// <summary>An app that snapshots its state loses its power amid every operation of the disk, one after the other. FLOWGEN_SCALE multiplies the ways in which
/// what was not synced is lost, up to all.</summary>
public sealed class CrashSweepTests(ITestOutputHelper output)
{
    private static readonly Loss[] Losses = Enum.GetValues<Loss>();
    private static readonly Lazy<(Plan Plan, int Operations)> App = new(FindApp);

    [Fact]
    public void A_crash_amid_any_operation_of_an_app_with_snapshots_makes_no_difference()
    {
        (Plan plan, int operations) = App.Value;
        ConcurrentQueue<string> failures = [];
        int withSnapshot = 0, runs = 0;
        Parallel.ForEach(Enumerable.Range(0, operations).SelectMany(LossesAt), crash =>
        {
            if (!failures.IsEmpty) return;
            try
            {
                CrashedLife life = AppSimulation.Crash(plan, crash.Operation, crash.Loss);
                Interlocked.Increment(ref runs);
                if (life.HasSnapshot) Interlocked.Increment(ref withSnapshot);
            }
            catch (SimulationFailedException e)
            {
                failures.Enqueue($"crash amid operation {crash.Operation} of {operations}, loss {crash.Loss}: {e.Message}");
            }
        });

        output.WriteLine($"{runs} crashes amid {operations} operations, {withSnapshot} of them behind a snapshot");
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures));
        Assert.InRange(withSnapshot, runs / 10, runs - 1);
    }

    [Theory]
    [InlineData(EngineBug.ChangesAreDroppedTooEarly)]
    [InlineData(EngineBug.StateIsCommittedApart)]
    [InlineData(EngineBug.SyncsAreForgotten)]
    public void A_planted_bug_is_caught(EngineBug bug)
    {
        Assert.Contains(Enumerable.Range(0, 500), operation => IsCaught(App.Value.Plan, operation, bug));
    }

    private static bool IsCaught(Plan plan, int operation, EngineBug bug)
    {
        try
        {
            AppSimulation.Crash(plan, operation, Losses[operation % Losses.Length], bug);
            return false;
        }
        catch (SimulationFailedException)
        {
            return true;
        }
    }

    /// <summary>Each operation with some of the losses, each loss with some of the operations.</summary>
    private static IEnumerable<(int Operation, Loss Loss)> LossesAt(int operation) =>
        Enumerable.Range(0, Math.Min(Scale.Factor, Losses.Length)).Select(i => (operation, Losses[(operation + i) % Losses.Length]));

    /// <summary>The first app of a few stages, totals among them, whose state gets a snapshot before most of its input is read; and the operations of its first
    /// life, if nothing happens to it.</summary>
    private static (Plan Plan, int Operations) FindApp() => Enumerable.Range(1, 10_000).Select(PlanGenerator.Generate)
        .Where(plan => plan is { OnError: ErrorAction.Stop, InputExpires: false, KeptEvents: 0, SnapshotAfterBytes: > 0 and < 500, Stages.Count: > 1 and < 4 }
            && plan.Stages.Any(stage => stage.Kind.Name == Plan.Totals))
        .Select(plan => (Plan: plan, Life: AppSimulation.Crash(plan, int.MaxValue, Loss.Nothing)))
        .Where(app => app.Life is { HasSnapshot: true, Operations: < 600 })
        .Select(app => (app.Plan, app.Life.Operations))
        .First();
}
