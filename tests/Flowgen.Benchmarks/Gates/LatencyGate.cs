using System.Diagnostics;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Gates;

/// <summary>How long a durable record of 100 bytes takes from the send to its acknowledgement, by how many are on their way at a time.</summary>
internal sealed class LatencyGate(int inFlight) : IGate
{
    private const int WarmUpRecords = 1_000;

    private int Records => Math.Min(4_000 * inFlight, 200_000);

    public string Name => $"latency-{inFlight}-in-flight";

    public GateResult Run()
    {
        using TemporaryDirectory directory = new();
        using FlowLog log = FlowLog.Open(directory.Path);
        log.EnsureTopic("records", new TopicSettings(Partitions: 1));
        using Producer producer = log.CreateProducer(new ProducerOptions { Linger = TimeSpan.Zero });
        SendAsync(producer, WarmUpRecords).GetAwaiter().GetResult();
        Percentiles latencies = SendAsync(producer, Records).GetAwaiter().GetResult();
        return new GateResult(Name, Math.Round(latencies.Microseconds(0.5)), "us (median)", null, null, null, "none: to be known", true) { Note = $"{latencies}; no linger, one producer" };
    }

    private async Task<Percentiles> SendAsync(Producer producer, int records)
    {
        Percentiles latencies = new();
        Queue<Task> onTheirWay = [];
        byte[] value = new byte[100];
        for (int i = 0; i < records; i++)
        {
            if (onTheirWay.Count == inFlight) await onTheirWay.Dequeue();
            long sent = Stopwatch.GetTimestamp();
            onTheirWay.Enqueue(NoteAsync(producer.Send("records", value), sent, latencies));
        }

        await Task.WhenAll(onTheirWay);
        return latencies;
    }

    private static async Task NoteAsync(SendResult result, long sent, Percentiles latencies)
    {
        await result.Committed;
        latencies.Add(Stopwatch.GetTimestamp() - sent);
    }
}
