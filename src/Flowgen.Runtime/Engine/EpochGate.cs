namespace Flowgen.Runtime;

/// <summary>Where the workers of a run wait for each other: what comes behind a meeting begins when all have come to it.</summary>
internal class EpochGate(int workers)
{
    private long _arrivals;

    /// <summary>A worker has come to its next meeting.</summary>
    /// <returns>Whether it is the last one.</returns>
    public bool Arrive() => Interlocked.Increment(ref _arrivals) % workers == 0;

    /// <summary>Whether all have come.</summary>
    /// <param name="meetings">How many meetings the asking worker has come to.</param>
    public virtual bool IsOpen(long meetings) => Volatile.Read(ref _arrivals) >= meetings * workers;
}
