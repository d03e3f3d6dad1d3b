using System.Diagnostics;

namespace Flowgen.Benchmarks.Gates;

/// <summary>What an interleaved run found. Medians, because a slice that another process interrupted says nothing.</summary>
public sealed class InterleavedTimes
{
    private readonly double[] _ratios;
    private readonly double _recordsInSlice;

    internal InterleavedTimes(IReadOnlyCollection<Interleaved.Slice> slices, int recordsInSlice)
    {
        _recordsInSlice = recordsInSlice;
        _ratios = [.. slices.Select(slice => (double)slice.Generated / slice.Limit).Order()];
        Limit = Throughput(slices.Select(slice => slice.Limit));
        Generated = Throughput(slices.Select(slice => slice.Generated));
    }

    /// <summary>M records a second of the hand-written loop.</summary>
    public double Limit { get; }

    /// <summary>M records a second of the generated operator.</summary>
    public double Generated { get; }

    /// <summary>Median of the ratios of the slices.</summary>
    public double Ratio => Quantile(0.5);

    /// <summary>A quantile of the ratios of the slices.</summary>
    /// <param name="share">Which, from 0 to 1.</param>
    /// <returns>The ratio.</returns>
    public double Quantile(double share) => _ratios[(int)(share * (_ratios.Length - 1))];

    private double Throughput(IEnumerable<long> ticks)
    {
        long[] sorted = [.. ticks.Order()];
        return _recordsInSlice / (sorted[sorted.Length / 2] / (double)Stopwatch.Frequency) / 1e6;
    }
}
