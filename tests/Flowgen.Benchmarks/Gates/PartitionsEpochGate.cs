using System.Diagnostics;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Gates;

/// <summary>A transaction that appends to all of 1,000 partitions, taking turns with one that appends the same bytes to ten.</summary>
internal sealed class PartitionsEpochGate : IGate
{
    private const double GoalRatio = 3;
    private const int Many = 1_000;
    private const int Few = 10;
    private const int Bytes = 1_000_000;
    private const int Rounds = 120;
    private const int WarmUpRounds = 300; // until the code is compiled for good

    public string Name => "1000-partitions-epoch";

    public GateResult Run()
    {
        using TemporaryDirectory directory = new();
        using FlowLog log = FlowLog.Open(directory.Path);
        log.EnsureTopic("records", new TopicSettings(Partitions: Many));
        List<double> many = [];
        List<double> few = [];
        for (int round = -WarmUpRounds; round < Rounds; round++)
        {
            double toMany = Commit(log, Many);
            double toFew = Commit(log, Few);
            if (round < 0) continue;
            many.Add(toMany);
            few.Add(toFew);
        }

        many.Sort();
        few.Sort();
        double ratio = many[Rounds / 2] / few[Rounds / 2];
        return new GateResult(Name, Math.Round(many[Rounds / 2], 2), "ms (median)", Math.Round(few[Rounds / 2], 2), Math.Round(ratio, 3), null, $"at most {GoalRatio} times the time of ten partitions", ratio <= GoalRatio)
        {
            Note = $"1 MB in each; 90 % of the commits to all within {many[Rounds * 9 / 10]:F1} ms, to ten within {few[Rounds * 9 / 10]:F1} ms",
        };
    }

    private static double Commit(FlowLog log, int partitions)
    {
        long started = Stopwatch.GetTimestamp();
        KilledLog.AppendToAll(log, partitions, Bytes / partitions);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
