using System.Diagnostics;
using System.Runtime.InteropServices;
using Flowgen.Benchmarks.Nexmark;
using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Benchmarks.Gates;

/// <summary>
/// From the moment a bid is handed to the log until a reader sees its converted price committed, through an app with epochs of 10 ms. A bid
/// is due each millisecond and carries the time at which it was due: who falls behind is not forgiven the wait.
/// </summary>
internal sealed class EpochLatencyGate : IGate
{
    private const int Bids = 10_000;
    private const int WarmUpBids = 1_000;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(1);

    public string Name => "end-to-end-latency";

    public GateResult Run()
    {
        using TemporaryDirectory directory = new();
        using FlowLog log = FlowLog.Open(directory.Path);
        FlowEngine engine = FlowEngine.Create<ConvertApp>(log, new FlowEngineOptions { CommitEvery = TimeSpan.FromMilliseconds(10) });
        Task running = engine.RunAsync();
        Task<Percentiles> reading = Task.Run(() => ReadAsync(log));
        Append(log);
        Percentiles latencies = reading.GetAwaiter().GetResult();
        engine.StopAsync().GetAwaiter().GetResult();
        running.GetAwaiter().GetResult();
        engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return new GateResult(Name, Math.Round(latencies.Microseconds(0.5)), "us (median)", null, null, null, "none: to be known", true)
        {
            Note = $"{latencies}; from when a record is due until its result is committed; epochs of 10 ms, 1,000 records/s, each record a durable commit of its own",
        };
    }

    private static void Append(FlowLog log)
    {
        log.EnsureTopic("bids", new TopicSettings(Partitions: 2));
        TopicWriter<Bid, BidCodec> writer = new(log, "bids");
        List<Task> commits = [];
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < Bids + WarmUpBids; i++)
        {
            long due = started + i * (long)(Every.TotalSeconds * Stopwatch.Frequency);
            SpinWait.SpinUntil(() => Stopwatch.GetTimestamp() >= due);
            writer.Add(new Bid(i, due, 100, i));
            using LogTransaction transaction = log.BeginTransaction();
            writer.AppendTo(transaction);
            commits.Add(transaction.CommitAsync().AsTask());
        }

        Task.WaitAll(commits);
    }

    private static async Task<Percentiles> ReadAsync(FlowLog log)
    {
        log.EnsureTopic("euro-bids", new TopicSettings(Partitions: 2));
        using PartitionReader first = log.OpenReader("euro-bids", 0, 0);
        using PartitionReader second = log.OpenReader("euro-bids", 1, 0);
        Percentiles latencies = new();
        for (int seen = 0; seen < Bids + WarmUpBids;)
        {
            long version = log.CommitVersion;
            int before = seen;
            Read(first, latencies, ref seen);
            Read(second, latencies, ref seen);
            if (seen == before) await log.WaitForCommitAsync(version);
        }

        return latencies;
    }

    private static void Read(PartitionReader reader, Percentiles latencies, ref int seen)
    {
        while (reader.TryRead(out RecordBatch batch))
        {
            for (int i = batch.FirstIndex; i < batch.Count; i++)
            {
                EuroBid bid = MemoryMarshal.Read<EuroBid>(batch[i].Value);
                if (++seen > WarmUpBids) latencies.Add(Stopwatch.GetTimestamp() - bid.Bidder);
            }
        }
    }
}
