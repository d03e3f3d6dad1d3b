namespace Flowgen.Runtime;

/// <summary>How an engine runs an app.</summary>
public sealed record FlowEngineOptions
{
    /// <summary>Number of worker threads, 1 or more; by default one for each core.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Time between two commits; null takes what the app declares.</summary>
    public TimeSpan? CommitEvery { get; init; }

    /// <summary>Number of partitions of topics that the engine creates; null takes what each topic declares. Topics that exist keep theirs.</summary>
    public int? Partitions { get; init; }

    /// <summary>Commits that may be on their way while the next epoch is processed, 1 or more; then the epoch grows until one is done.</summary>
    public int MaxCommitsInFlight { get; init; } = 2;

    /// <summary>Bytes of output and state after which an epoch closes before its time, and inputs wait.</summary>
    public long MaxEpochBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Bytes on their way between tasks above which inputs wait.</summary>
    public long MaxInFlightBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The clock: commit interval and idleness. Event time comes from the records alone.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal IEngineScheduler Scheduler { get; init; } = EngineThreads.Instance;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxCommitsInFlight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxEpochBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxInFlightBytes, 1);
        if (Partitions is { } partitions) ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1, nameof(Partitions));
        if (CommitEvery is { } every) ArgumentOutOfRangeException.ThrowIfLessThan(every, TimeSpan.FromMilliseconds(1), nameof(CommitEvery));
    }
}
