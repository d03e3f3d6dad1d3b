using System.Diagnostics.Metrics;

namespace Flowgen.TestKit.Simulation;

/// <summary>
/// A meter that keeps no instruments. The runtime knows every meter until it is disposed: the many logs that a simulation leaves behind, as a
/// crash does, would stay in memory with their disks.
/// </summary>
public sealed class NoMeters : IMeterFactory
{
    private readonly Meter _closed = new("Flowgen.Simulation");

    private NoMeters() => _closed.Dispose();

    public static NoMeters Instance { get; } = new();

    public Meter Create(MeterOptions options) => _closed;

    public void Dispose()
    {
    }
}
