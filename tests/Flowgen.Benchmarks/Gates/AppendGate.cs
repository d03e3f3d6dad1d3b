using System.Diagnostics;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Gates;

/// <summary>
/// Records of 100 bytes through a producer, from the first send until the last is acknowledged, taking turns with bare loops that write and sync
/// as many bytes as the log has stored. A log that does not sync is compared with a loop that only writes, too: that is the page cache alone.
/// </summary>
/// <param name="name">Name of the gate.</param>
/// <param name="durability">What the log is to promise.</param>
/// <param name="goal">M records/s; 0 for none.</param>
/// <param name="feed">How the records come to the producer.</param>
internal sealed class AppendGate(string name, Durability durability, double goal, IFeed feed) : IGate
{
    internal const string Topic = "records";

    private const double GoalShare = 0.6;
    private const int Records = 10_000_000;
    private const int WarmUpRecords = Records; // until the code is compiled for good
    private const int Runs = 5;

    private long _stored;

    public string Name => name;

    public GateResult Run()
    {
        Measure(WarmUpRecords);
        List<(double Throughput, double Limit, double WriteOnly, double Bytes)> runs = [];
        for (int run = 0; run < Runs; run++)
        {
            (double throughput, double bytes) = Measure(Records);
            double writeOnly = durability == Durability.Durable ? 0 : Rate(PlainDisk.Write(_stored, syncs: false));
            runs.Add((throughput, Rate(PlainDisk.Write(_stored)), writeOnly, bytes));
        }

        double ratio = Median(runs.Select(run => run.Limit / run.Throughput));
        double median = Median(runs.Select(run => run.Throughput));
        return new GateResult(
            Name,
            Math.Round(median, 2),
            "M records/s",
            Math.Round(Median(runs.Select(run => run.Limit)), 2),
            Math.Round(ratio, 3),
            Math.Round(Median(runs.Select(run => run.Bytes)), 3),
            goal > 0 ? $"at least {goal} M records/s and {GoalShare:P0} of the bare loop" : $"at least {GoalShare:P0} of the bare loop",
            median >= goal && 1 / ratio >= GoalShare)
        {
            Note = $"{1 / ratio:P0} of the bare loop{OfWriting(runs)}; {runs.Min(run => run.Throughput):F1} to {runs.Max(run => run.Throughput):F1}; {feed.Description}, one thread",
        };
    }

    private string OfWriting(List<(double Throughput, double Limit, double WriteOnly, double Bytes)> runs) =>
        durability == Durability.Durable ? "" : $", {Median(runs.Select(run => run.Throughput / run.WriteOnly)):P0} of one that only writes ({Median(runs.Select(run => run.WriteOnly)):F1})";

    private static double Rate(TimeSpan time) => Records / time.TotalSeconds / 1e6;

    private (double Throughput, double Bytes) Measure(int records)
    {
        using TemporaryDirectory directory = new();
        using FlowLog log = FlowLog.Open(directory.Path, new FlowLogOptions { Durability = durability });
        log.EnsureTopic(Topic, new TopicSettings(Partitions: 1));
        using Producer producer = log.CreateProducer();

        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long started = Stopwatch.GetTimestamp();
        feed.Send(producer, records);
        producer.Flush();
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double bytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        PartitionDescription description = log.DescribePartition(Topic, 0);
        if (description.NextOffset != records) throw new InvalidOperationException($"{description.NextOffset} of {records} records are stored");
        _stored = description.SizeInBytes;
        return (records / seconds / 1e6, bytes / records);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
