using System.Diagnostics;
using Flowgen.Benchmarks.Loops;
using Flowgen.Benchmarks.Nexmark;

namespace Flowgen.Benchmarks.Gates;

/// <summary>
/// Times two contenders on the same bytes in one process, turn by turn in slices of half a millisecond, so that whatever else the machine does hits both.
/// Who is first in a pair of slices is second in the next: the second finds the input in the cache.
/// </summary>
public sealed class Interleaved(BidLog log, Func<Contender> limit, Func<Contender> generated)
{
    private const int BatchesInSlice = 64;

    /// <summary>Runs both until the compiler has settled, then measures.</summary>
    /// <param name="warmUp">How long to run before measuring.</param>
    /// <param name="rounds">How often to go through all bids with fresh state.</param>
    /// <returns>Times and ratios.</returns>
    public InterleavedTimes Measure(TimeSpan warmUp, int rounds)
    {
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < warmUp)
            Round([]);

        List<Slice> slices = [];
        for (int round = 0; round < rounds; round++)
            Round(slices);
        return new InterleavedTimes(slices, BatchesInSlice * 2 * BidLog.BatchSize);
    }

    private void Round(List<Slice> slices)
    {
        (Contender hand, Contender machine) = (limit(), generated());
        int settled = log.Batches / 10;
        Run(hand, 0, settled);
        Run(machine, 0, settled);
        for (int at = settled; at + 2 * BatchesInSlice <= log.Batches; at += 2 * BatchesInSlice)
        {
            long handTicks = Run(hand, at, at + BatchesInSlice);
            long machineTicks = Run(machine, at, at + BatchesInSlice);
            machineTicks += Run(machine, at + BatchesInSlice, at + 2 * BatchesInSlice);
            handTicks += Run(hand, at + BatchesInSlice, at + 2 * BatchesInSlice);
            slices.Add(new Slice(handTicks, machineTicks));
        }
    }

    private long Run(Contender contender, int first, int end)
    {
        long started = Stopwatch.GetTimestamp();
        for (int batch = first; batch < end; batch++)
        {
            contender.Clear();
            contender.Process(in log[batch], log.WatermarkBehind(batch));
        }

        return Stopwatch.GetTimestamp() - started;
    }

    /// <summary>Ticks of the two contenders for the same slices.</summary>
    /// <param name="Limit">By hand.</param>
    /// <param name="Generated">Generated.</param>
    public readonly record struct Slice(long Limit, long Generated);
}
