using System.Buffers.Binary;
using System.Diagnostics;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Gates;

/// <summary>Records of 100 bytes through a producer of a durable log, from the first send until the last is acknowledged.</summary>
internal sealed class AppendGate : IGate
{
    private const double Goal = 5;
    private const int Records = 5_000_000;
    private const int WarmUpRecords = 500_000;
    private const int Runs = 3;

    public string Name => "append-durable";

    public GateResult Run()
    {
        Measure(WarmUpRecords);
        List<(double Throughput, double Bytes)> runs = [];
        for (int run = 0; run < Runs; run++)
            runs.Add(Measure(Records));
        runs.Sort();
        (double throughput, double bytes) = runs[Runs / 2];
        return new GateResult(Name, Math.Round(throughput, 2), "M records/s", null, null, Math.Round(bytes, 3), $"at least {Goal} M records/s", throughput >= Goal)
        {
            Note = $"{runs[0].Throughput:F1} to {runs[^1].Throughput:F1}; key of 8 and value of 92 bytes, one thread",
        };
    }

    private static (double Throughput, double Bytes) Measure(int records)
    {
        using TemporaryDirectory directory = new();
        using FlowLog log = FlowLog.Open(directory.Path);
        log.EnsureTopic("records", new TopicSettings(Partitions: 1));
        using Producer producer = log.CreateProducer();

        Span<byte> key = stackalloc byte[8];
        ReadOnlySpan<byte> value = new byte[92];
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < records; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(key, i);
            producer.Send("records", key, value);
        }

        producer.Flush();
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double bytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        long stored = log.DescribePartition("records", 0).NextOffset;
        if (stored != records) throw new InvalidOperationException($"{stored} of {records} records are stored");
        return (records / seconds / 1e6, bytes / records);
    }
}
