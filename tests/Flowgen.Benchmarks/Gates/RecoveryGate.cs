using System.Diagnostics;
using System.Globalization;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Gates;

/// <summary>Opens a log whose process was killed while it was appending, several times. One GB; <c>FLOWGEN_SCALE=10</c> makes it the ten of the goal.</summary>
internal sealed class RecoveryGate : IGate
{
    private const double GoalSeconds = 1;
    private const int Partitions = 4;
    private const int Kills = 3;

    public string Name => "recovery-after-kill";

    public GateResult Run()
    {
        int gigabytes = int.Parse(Environment.GetEnvironmentVariable("FLOWGEN_SCALE") ?? "1", CultureInfo.InvariantCulture);
        using TemporaryDirectory directory = new();
        List<(double Seconds, double JournaledBytes)> kills = [];
        double size = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            KilledLog.Fill(directory.Path, Partitions, kill == 0 ? gigabytes * 1_000_000_000L : 0);
            long started = Stopwatch.GetTimestamp();
            using FlowLog log = FlowLog.Open(directory.Path);
            kills.Add((Stopwatch.GetElapsedTime(started).TotalSeconds, log.Recovery.JournaledBytes));
            size = Enumerable.Range(0, Partitions).Sum(partition => log.DescribePartition("records", partition).SizeInBytes) / 1e9;
        }

        double longest = kills.Max(kill => kill.Seconds);
        return new GateResult(Name, Math.Round(longest * 1_000), "ms (longest)", null, null, null, $"at most {GoalSeconds} s", longest <= GoalSeconds)
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"{size:F1} GB in {Partitions} partitions; {Kills} kills: {string.Join(", ", kills.Select(kill => $"{kill.Seconds * 1_000:F0} ms with {kill.JournaledBytes / 1e6:F0} MB of the journal written again"))}"),
        };
    }
}
