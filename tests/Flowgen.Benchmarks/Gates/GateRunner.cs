using System.Runtime.InteropServices;
using Flowgen.Benchmarks.Nexmark;
using Flowgen.Benchmarks.State;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Gates;

/// <summary>Runs the gates one after the other and reports them, met or not.</summary>
internal static class GateRunner
{
    private static readonly IReadOnlyList<IGate> Gates =
    [
        .. OperatorGates.All,
        new EndToEndGate<ConvertApp>("q1-end-to-end", "euro-bids", goal: 15),
        new EndToEndGate<CountApp>("tumbling-count-end-to-end", "auction-counts", goal: 30),
        new AppendGate("append-durable", Durability.Durable, goal: 10, new RecordFeed()),
        new AppendGate("append-osbuffered", Durability.OsBuffered, goal: 0, new RecordFeed()),
        new AppendGate("batch-durable", Durability.Durable, goal: 10, new BatchFeed()),
        new AppendGate("batch-osbuffered", Durability.OsBuffered, goal: 0, new BatchFeed()),
        new AppendGate("batch-fixed-durable", Durability.Durable, goal: 10, new FixedFeed()),
        new AppendGate("batch-fixed-osbuffered", Durability.OsBuffered, goal: 0, new FixedFeed()),
        new ReadGate(),
        new LatencyGate(1),
        new LatencyGate(16),
        new LatencyGate(256),
        new PartitionsOpenGate(),
        new PartitionsEpochGate(),
        new RecoveryGate(),
        new EpochLatencyGate(),
        new StateGate("state-5m-stop", 5_000_000, StateGoal.LongestStop, 50),
        new StateGate("state-5m-restore", 5_000_000, StateGoal.RestoreRate, 5),
        new StateGate("state-1m-checkpoint", 1_000_000, StateGoal.Checkpoint, 100),
        new StateGate("state-1m-restore", 1_000_000, StateGoal.Restore, 300),
    ];

    /// <summary>Runs the gates that the arguments choose.</summary>
    /// <param name="options">What to run, and where the figures go.</param>
    public static void Run(GateOptions options)
    {
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores");
        List<GateResult> results = [];
        foreach (IGate gate in Gates.Where(options.Takes))
        {
            GateResult result = gate.Run();
            Console.WriteLine(GateReport.Line(result));
            results.Add(result);
        }

        if (options.JsonFile is not null) File.WriteAllText(options.JsonFile, GateReport.Json(results));
    }
}
