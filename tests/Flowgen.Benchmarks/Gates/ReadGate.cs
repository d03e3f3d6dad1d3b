using System.Diagnostics;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Gates;

/// <summary>Reading stored records of 100 bytes, the CRC of each batch checked, beside a loop that copies the same bytes from memory and computes their CRC.</summary>
internal sealed class ReadGate : IGate
{
    private const double GoalShare = 0.6;
    private const int Records = 4_000_000;
    private const int Runs = 15;

    public string Name => "read-crc";

    public GateResult Run()
    {
        using TemporaryDirectory directory = new();
        using FlowLog log = FlowLog.Open(directory.Path, new FlowLogOptions { Durability = Durability.OsBuffered });
        List<int> batches = Fill(log);
        byte[] memory = new byte[batches.Sum()];
        Random.Shared.NextBytes(memory);

        List<(double Read, double Limit)> runs = [];
        for (int run = -3; run < Runs; run++)
        {
            double limit = Records / Copy(memory, batches).TotalSeconds / 1e6;
            double read = Records / Read(log).TotalSeconds / 1e6;
            if (run >= 0) runs.Add((read, limit));
        }

        double ratio = runs.Select(run => run.Limit / run.Read).Order().ElementAt(Runs / 2);
        double throughput = runs.Select(run => run.Read).Order().ElementAt(Runs / 2);
        double plain = runs.Select(run => run.Limit).Order().ElementAt(Runs / 2);
        return new GateResult(Name, Math.Round(throughput, 1), "M records/s", Math.Round(plain, 1), Math.Round(ratio, 3), null, $"at least {GoalShare:P0} of memcpy and CRC", 1 / ratio >= GoalShare)
        {
            Note = $"{1 / ratio:P0} of the loop; the file is in the memory of the system",
        };
    }

    private static List<int> Fill(FlowLog log)
    {
        log.EnsureTopic("records", new TopicSettings(Partitions: 1));
        using (Producer producer = log.CreateProducer())
        {
            byte[] value = new byte[100];
            for (int i = 0; i < Records; i++)
            {
                Random.Shared.NextBytes(value.AsSpan(0, 8));
                producer.Send("records", value);
            }
        }

        List<int> sizes = [];
        using PartitionReader reader = log.OpenReader("records", 0, 0);
        while (reader.TryRead(out RecordBatch batch))
            sizes.Add(batch.Length);
        return sizes;
    }

    private static TimeSpan Read(FlowLog log)
    {
        long started = Stopwatch.GetTimestamp();
        using PartitionReader reader = log.OpenReader("records", 0, 0);
        long records = 0;
        while (reader.TryRead(out RecordBatch batch))
            records += batch.Count;
        if (records != Records) throw new InvalidOperationException($"{records} of {Records} records were read");
        return Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan Copy(byte[] memory, List<int> batches)
    {
        long started = Stopwatch.GetTimestamp();
        byte[] window = new byte[batches.Max()];
        uint sum = 0;
        int at = 0;
        foreach (int size in batches)
        {
            memory.AsSpan(at, size).CopyTo(window);
            sum ^= Crc32C.Compute(window.AsSpan(0, size));
            at += size;
        }

        GC.KeepAlive(sum);
        return Stopwatch.GetElapsedTime(started);
    }
}
