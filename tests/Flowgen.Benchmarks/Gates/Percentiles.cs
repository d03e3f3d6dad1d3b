using System.Diagnostics;

namespace Flowgen.Benchmarks.Gates;

/// <summary>Latencies in ticks of the stopwatch, and what is to be said of them. Thread-safe.</summary>
internal sealed class Percentiles
{
    private readonly List<long> _ticks = [];

    public void Add(long ticks)
    {
        lock (_ticks) _ticks.Add(ticks);
    }

    public double Microseconds(double share)
    {
        lock (_ticks)
        {
            _ticks.Sort();
            return _ticks[(int)Math.Min(share * _ticks.Count, _ticks.Count - 1)] * 1e6 / Stopwatch.Frequency;
        }
    }

    public override string ToString() => $"p50 {Microseconds(0.5):F0} us, p99 {Microseconds(0.99):F0} us, p99.9 {Microseconds(0.999):F0} us";
}
