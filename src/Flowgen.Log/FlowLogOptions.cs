using System.Diagnostics.Metrics;
using Flowgen.Log.Commits;

namespace Flowgen.Log;

/// <summary>How a log is opened.</summary>
public sealed record FlowLogOptions
{
    /// <summary>What an acknowledged commit survives.</summary>
    public Durability Durability { get; init; } = Durability.Durable;

    /// <summary>A segment file is closed, and the next one started, before it gets larger than this; one batch always fits. 1 KiB to 2 GiB.</summary>
    public long SegmentBytes { get; init; } = 128 << 20;

    /// <summary>Most bytes of a record: key, value and headers. At least 1.</summary>
    public int MaxRecordBytes { get; init; } = 1 << 20;

    /// <summary>Most bytes of a batch as stored. At least <see cref="MaxRecordBytes"/> and 1 KiB; and 1 MiB where an app is to run on the log.</summary>
    public int MaxBatchBytes { get; init; } = 32 << 20;

    /// <summary>Most bytes per second that compaction and the writing of indexes read and write together, in the background; at least 64 KiB. 64 MiB.</summary>
    public long HousekeepingBytesPerSecond { get; init; } = 64 << 20;

    /// <summary>How often the log looks for records to delete (<c>log.retention.check.interval.ms</c>). 5 minutes.</summary>
    public TimeSpan RetentionCheckInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the log looks for partitions to compact (<c>log.cleaner.backoff.ms</c>). 15 seconds.</summary>
    public TimeSpan CompactionCheckInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Most memory for the keys that one pass of compaction tells apart (<c>log.cleaner.dedupe.buffer.size</c>), taken as far as it is needed;
    /// at least 4 KiB. Keys that do not fit take more passes. 128 MiB, as in Kafka: 4 million keys.
    /// </summary>
    public long CompactionMemoryBytes { get; init; } = 128 << 20;

    /// <summary>How long the log remembers what a producer has sent, after the last of it (<c>producer.id.expiration.ms</c>). At least a minute; 1 day.</summary>
    public TimeSpan ProducerIdExpiration { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long the log remembers who holds a transactional id, after the last transaction with it (<c>transactional.id.expiration.ms</c>). Who
    /// takes the id later starts as if it had never been used. At least a minute; 7 days.
    /// </summary>
    public TimeSpan TransactionalIdExpiration { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Most segment files that the log keeps open to append to them, at least 16; 2,048. Files that are not yet synced may be as many again,
    /// because a failed write is reported only to who has the file open. Readers have one each.
    /// </summary>
    public int MaxOpenFiles { get; init; } = 2048;

    /// <summary>The clock of timestamps and lingering.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Makes the meter of the log's metrics (<see cref="TelemetryNames"/>), as a host does; null for a meter of the log's own.</summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>Told what who runs the log should know. Called by threads of the log in the middle of their work: it must return soon and not throw.</summary>
    public Action<LogEvent>? OnEvent { get; init; }

    /// <summary>A partition's bytes in a commit go into the commit record, too, if they are fewer than this: writing them twice costs less than another sync.</summary>
    internal int JournalBelowBytes { get; init; } = 128 << 10;

    /// <summary>A commit file is followed by a new one when it holds so many journaled bytes.</summary>
    internal long JournalFileBytes { get; init; } = 64 << 20;

    /// <summary>No commit file gets larger: opening reads a whole one.</summary>
    internal int MaxCommitFileBytes { get; init; } = CommitFormat.MaxFileBytes;

    /// <summary>Room in the commit file that is kept for commits that must be possible on a full disk.</summary>
    internal long CommitReserveBytes { get; init; } = 1 << 20;

    /// <summary>Most topics of a log: so many of them are held in memory, and written to each new commit file.</summary>
    internal int MaxTopics { get; init; } = 100_000;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(SegmentBytes, 1 << 10, nameof(SegmentBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SegmentBytes, 1L << 31, nameof(SegmentBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRecordBytes, 1, nameof(MaxRecordBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBatchBytes, (long)MaxRecordBytes + (1 << 10), nameof(MaxBatchBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxBatchBytes, 1 << 30, nameof(MaxBatchBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(HousekeepingBytesPerSecond, 64 << 10, nameof(HousekeepingBytesPerSecond));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RetentionCheckInterval, TimeSpan.Zero, nameof(RetentionCheckInterval));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CompactionCheckInterval, TimeSpan.Zero, nameof(CompactionCheckInterval));
        ArgumentOutOfRangeException.ThrowIfLessThan(CompactionMemoryBytes, 4 << 10, nameof(CompactionMemoryBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(ProducerIdExpiration, TimeSpan.FromMinutes(1), nameof(ProducerIdExpiration));
        ArgumentOutOfRangeException.ThrowIfLessThan(TransactionalIdExpiration, TimeSpan.FromMinutes(1), nameof(TransactionalIdExpiration));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxOpenFiles, 16, nameof(MaxOpenFiles));
        ArgumentNullException.ThrowIfNull(TimeProvider);
    }
}
