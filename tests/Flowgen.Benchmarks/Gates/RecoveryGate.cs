using System.Diagnostics;
using System.Globalization;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Gates;

/// <summary>Opens a log whose process was killed while it was appending. One GB; <c>FLOWGEN_SCALE=10</c> makes it ten.</summary>
internal sealed class RecoveryGate : IGate
{
    private const double GoalSeconds = 1;
    private const int Partitions = 4;

    public string Name => "recovery-after-kill";

    public GateResult Run()
    {
        int gigabytes = int.Parse(Environment.GetEnvironmentVariable("FLOWGEN_SCALE") ?? "1", CultureInfo.InvariantCulture);
        using TemporaryDirectory directory = new();
        KilledLog.Fill(directory.Path, Partitions, gigabytes * 1_000_000_000L);
        long started = Stopwatch.GetTimestamp();
        using FlowLog log = FlowLog.Open(directory.Path);
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double size = Enumerable.Range(0, Partitions).Sum(partition => log.DescribePartition("records", partition).SizeInBytes) / 1e9;
        return new GateResult(Name, Math.Round(seconds * 1_000), "ms", null, null, null, $"at most {GoalSeconds} s", seconds <= GoalSeconds)
        {
            Note = $"{size:F1} GB in {Partitions} partitions; {log.Recovery.JournaledBytes / 1e6:F1} MB of the commit log written again, {log.Recovery.UncommittedBytes / 1e6:F1} MB cut off",
        };
    }
}
