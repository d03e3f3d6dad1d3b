using System.Diagnostics;
using Flowgen.Benchmarks.Nexmark;
using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Benchmarks.Gates;

/// <summary>
/// A whole app on the embedded log, durable epochs of 100 ms: read, check, operate, encode, append, commit. The time is that of the run, from its start to its last
/// commit; the figure is for each core of the machine, because a worker runs on each and the log's own threads share them.
/// </summary>
/// <typeparam name="TApp">The app.</typeparam>
internal sealed class EndToEndGate<TApp>(string name, string output, double goal) : IGate
    where TApp : IFlowApp<TApp>
{
    private const int Bids = 16_000_000;
    private const int WarmUpBids = 2_000_000;
    private const int Runs = 3;

    private long _written;

    public string Name => name;

    public GateResult Run()
    {
        Measure(WarmUpBids);
        List<(double Throughput, double Bytes)> runs = [];
        List<double> disk = [];
        for (int run = 0; run < Runs; run++)
        {
            runs.Add(Measure(Bids));
            disk.Add(Bids / PlainDisk.Write(_written).TotalSeconds / Environment.ProcessorCount / 1e6);
        }

        runs.Sort();
        disk.Sort();
        (double throughput, double bytes) = runs[Runs / 2];
        return new GateResult(name, Math.Round(throughput, 1), "M records/s for each core", null, null, double.IsNaN(bytes) ? null : Math.Round(bytes, 3), $"at least {goal} M records/s for each core", throughput >= goal)
        {
            Note = $"{runs[0].Throughput:F1} to {runs[^1].Throughput:F1}; the bytes are those of the second half, fixed costs of each epoch; the disk takes the results, written plainly, at {disk[0]:F0} to {disk[^1]:F0} M/s for each core",
        };
    }

    private (double Throughput, double Bytes) Measure(int bids)
    {
        using TemporaryDirectory directory = new();
        using FlowLog log = FlowLog.Open(directory.Path);
        Load(log, bids);

        FlowEngine engine = FlowEngine.Create<TApp>(log);
        SteadyState steady = new(bids / 2);
        long started = Stopwatch.GetTimestamp();
        engine.RunToEndAsync(steady).GetAwaiter().GetResult();
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double bytes = steady.BytesPerRecord(bids);
        _written = Enumerable.Range(0, Environment.ProcessorCount).Sum(partition => log.DescribePartition(output, partition).SizeInBytes);
        long records = engine.GetStatistics().Records;
        engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
        if (records != bids) throw new InvalidOperationException($"The app processed {records} of {bids} bids");
        return (bids / seconds / Environment.ProcessorCount / 1e6, bytes);
    }

    private static void Load(FlowLog log, int bids)
    {
        const int chunk = 100_000;
        log.EnsureTopic("bids", new TopicSettings(Partitions: Environment.ProcessorCount));
        TopicWriter<Bid, BidCodec> writer = new(log, "bids");
        BidGenerator generator = new(seed: 1);
        for (int written = 0; written < bids; written += chunk)
        {
            foreach (Bid bid in generator.Generate(chunk))
                writer.Add(bid);
            writer.CommitAsync().GetAwaiter().GetResult();
        }
    }

    /// <summary>Allocation after the first half, when buffers have grown and pools are full.</summary>
    private sealed class SteadyState(long half) : IProgress<long>
    {
        private long _records;
        private long _allocated;

        public void Report(long value)
        {
            if (_records != 0 || value < half) return;
            _records = value;
            _allocated = GC.GetTotalAllocatedBytes();
        }

        public double BytesPerRecord(long records) =>
            _records == 0 || _records >= records ? double.NaN : (GC.GetTotalAllocatedBytes() - _allocated) / (double)(records - _records);
    }
}
