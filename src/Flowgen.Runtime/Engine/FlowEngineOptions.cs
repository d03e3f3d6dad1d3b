using Flowgen.Log;

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

    /// <summary>What happens with a record that cannot be decoded, or on which a step throws. <see cref="ErrorAction.DeadLetter"/> writes it with its key,
    /// value and headers to the topic <c>{stage}.dead</c> of the stage that failed, in the commit that passes it; headers <c>flowgen.topic</c>, <c>flowgen.partition</c>,
    /// <c>flowgen.offset</c>, <c>flowgen.app</c>, <c>flowgen.stage</c>, <c>flowgen.step</c>, <c>flowgen.error</c> and <c>flowgen.message</c> say why.</summary>
    /// <remarks>
    /// <para>A record of a topic is left out for all stages that read it; one that cannot be decoded goes to the dead letters of the first of them. A row that cannot be
    /// kept in a table is left out like a record, and the row before it stays. To find the record on which a step throws, the engine starts again from the last commit.</para>
    /// <para>A record behind an exchange is left out there alone: what other stages made of its source stays. It has no offset; its topic is the exchange, its value that of
    /// its type. It is found again by its content, so if a step makes other records in each run (from the clock, say) and none of them comes again, the app stops.</para>
    /// <para>A step that throws while it makes the results of a window or of an epoch always stops the app: no record that could be left out is to blame.</para>
    /// </remarks>
    public ErrorAction OnError { get; init; } = ErrorAction.Stop;

    /// <summary>Where the app goes on if records of a topic that it has not read yet have been removed, by retention or on request: while it runs, and after it was down.
    /// By default it stops with an <see cref="OffsetOutOfRangeException"/>; otherwise it goes on at the first record that is there, or behind the last, and
    /// <see cref="InputStatistics.Skipped"/> counts the offsets it has passed. Where an app begins that has never run says <see cref="StartAt"/>.</summary>
    public AutoOffsetReset AutoOffsetReset { get; init; } = AutoOffsetReset.None;

    /// <summary>Time between two tries to commit while the disk is full, at least 1 ms.</summary>
    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock: commit interval and idleness. Event time comes from the records alone.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Bytes of changes after which a snapshot begins; null: as many as the state has, and a few MiB.</summary>
    internal long? SnapshotAfterBytes { get; init; }

    /// <summary>Bytes of a snapshot that an epoch writes at least.</summary>
    internal int SnapshotSliceBytes { get; init; } = 1024 * 1024;

    internal IEngineScheduler Scheduler { get; init; } = EngineThreads.Instance;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxCommitsInFlight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxEpochBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxInFlightBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryEvery, TimeSpan.FromMilliseconds(1));
        if (!Enum.IsDefined(OnError)) throw new ArgumentOutOfRangeException(nameof(OnError), OnError, "There is no such action.");
        if (!Enum.IsDefined(AutoOffsetReset)) throw new ArgumentOutOfRangeException(nameof(AutoOffsetReset), AutoOffsetReset, "Use Latest, Earliest or None.");
        if (Partitions is { } partitions) ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1, nameof(Partitions));
        if (CommitEvery is { } every) ArgumentOutOfRangeException.ThrowIfLessThan(every, TimeSpan.FromMilliseconds(1), nameof(CommitEvery));
    }
}
