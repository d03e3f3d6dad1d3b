using Flowgen.Benchmarks.Loops;
using Flowgen.Benchmarks.Nexmark;

namespace Flowgen.Benchmarks.Gates;

/// <summary>A generated operator beside the loop written by hand: stored bytes in, stored bytes out.</summary>
/// <param name="Name">Name of the gate.</param>
/// <param name="ResultSize">Bytes of a stored result.</param>
/// <param name="Limit">Makes the loop.</param>
/// <param name="Generated">Makes the operator.</param>
internal sealed record OperatorGate(string Name, int ResultSize, Func<Contender> Limit, Func<Contender> Generated) : IGate
{
    private const int Bids = 2_000 * BidLog.BatchSize;
    private const double GoalRatio = 1.5;

    // Shared by the gates, made by the first that runs.
    private static readonly Lazy<BidLog> Log = new(() => new BidLog(Bids));

    /// <summary>Compares the results, then measures.</summary>
    /// <returns>What was measured.</returns>
    /// <exception cref="InvalidOperationException">The results differ: the figures would mean nothing.</exception>
    public GateResult Run()
    {
        BidLog log = Log.Value;
        CompareResults(log);
        double bytes = MeasureAllocation(log);
        InterleavedTimes times = new Interleaved(log, Limit, Generated).Measure(TimeSpan.FromSeconds(2), rounds: 8);
        return new GateResult(
            Name,
            Math.Round(times.Generated, 1),
            "M records/s",
            Math.Round(times.Limit, 1),
            Math.Round(times.Ratio, 3),
            bytes,
            $"ratio at most {GoalRatio}, 0 B",
            times.Ratio <= GoalRatio && bytes == 0)
        {
            Note = $"ratios {times.Quantile(0.1):F2} to {times.Quantile(0.9):F2} (10 % to 90 %)",
        };
    }

    private void CompareResults(BidLog log)
    {
        List<byte[]> expected = ResultsOf(Limit(), log);
        List<byte[]> actual = ResultsOf(Generated(), log);
        if (expected.Count != actual.Count) throw new InvalidOperationException($"{Name}: {actual.Count} results, the hand-written loop has {expected.Count}");
        for (int i = 0; i < expected.Count; i++)
        {
            if (!expected[i].AsSpan().SequenceEqual(actual[i]))
                throw new InvalidOperationException($"{Name}: result {i} in order of its bytes is {Convert.ToHexString(actual[i])}, the hand-written loop has {Convert.ToHexString(expected[i])}");
        }
    }

    /// <summary>All results, sorted by their bytes: the order of keys within a window is nobody's promise.</summary>
    private List<byte[]> ResultsOf(Contender contender, BidLog log)
    {
        List<byte[]> results = [];
        for (int batch = 0; batch < log.Batches / 4; batch++)
        {
            contender.Clear();
            contender.Process(in log[batch], log.WatermarkBehind(batch));
            ReadOnlySpan<byte> written = contender.Written;
            for (int at = 0; at < written.Length; at += ResultSize)
                results.Add(written.Slice(at, ResultSize).ToArray());
        }

        results.Sort((left, right) => left.AsSpan().SequenceCompareTo(right));
        return results;
    }

    private double MeasureAllocation(BidLog log)
    {
        Contender contender = Generated();
        int settled = log.Batches / 2;
        for (int batch = 0; batch < settled; batch++)
            Process(contender, log, batch);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int batch = settled; batch < log.Batches; batch++)
            Process(contender, log, batch);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)((log.Batches - settled) * BidLog.BatchSize);
    }

    private static void Process(Contender contender, BidLog log, int batch)
    {
        contender.Clear();
        contender.Process(in log[batch], log.WatermarkBehind(batch));
    }
}
