using System.Diagnostics;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Gates;

/// <summary>Opens a log of 1,000 partitions that all hold records: after a clean close, and after a kill.</summary>
internal sealed class PartitionsOpenGate : IGate
{
    private const double GoalSeconds = 1;
    private const int Partitions = 1_000;

    public string Name => "1000-partitions-open";

    public GateResult Run()
    {
        using TemporaryDirectory directory = new();
        KilledLog.Fill(directory.Path, Partitions, bytes: 20 << 20);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long started = Stopwatch.GetTimestamp();
        double afterKill, clean;
        using (FlowLog log = FlowLog.Open(directory.Path))
            afterKill = Stopwatch.GetElapsedTime(started).TotalSeconds;
        started = Stopwatch.GetTimestamp();
        using FlowLog again = FlowLog.Open(directory.Path);
        clean = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        int handles = Handles();
        KilledLog.AppendToAll(again, Partitions, bytesEach: 1_000);
        return new GateResult(Name, Math.Round(afterKill * 1_000), "ms after a kill", null, null, null, $"at most {GoalSeconds} s", Math.Max(afterKill, clean) <= GoalSeconds)
        {
            Note = $"{clean * 1_000:F0} ms after a clean close; {memory / 1024 / 1024:F1} MiB of managed memory; {handles} open files, {Handles()} when all partitions were appended to",
        };
    }

    private static int Handles() => OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : -1;
}
