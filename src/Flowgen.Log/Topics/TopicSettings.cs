namespace Flowgen.Log;

/// <summary>How a topic is. The names and meanings are Kafka's; where a default differs, the remarks say so.</summary>
/// <remarks>Kafka deletes records after 7 days unless told otherwise; here they are kept unless a retention is set, so that nobody loses data for not having thought of it.</remarks>
/// <param name="Partitions">Number of partitions, 1 to <see cref="MaxPartitions"/>.</param>
/// <param name="Cleanup">What happens to old records (<c>cleanup.policy</c>).</param>
/// <param name="Retention">How long records are kept, by the largest timestamp of their segment (<c>retention.ms</c>); null keeps them.</param>
public sealed record TopicSettings(int Partitions = 1, TopicCleanup Cleanup = TopicCleanup.Delete, TimeSpan? Retention = null)
{
    /// <summary>Most partitions that a topic can have.</summary>
    public const int MaxPartitions = 4096;

    /// <summary>Bytes that a partition keeps before its oldest segments go (<c>retention.bytes</c>), at least 1; null for no bound.</summary>
    public long? RetentionBytes { get; init; }

    /// <summary>Size at which a segment is closed and the next one started (<c>segment.bytes</c>), 1 KiB to 2 GiB; null takes that of the log.</summary>
    public long? SegmentBytes { get; init; }

    /// <summary>Age at which a segment is closed, so that retention and compaction reach it (<c>segment.ms</c>).</summary>
    public TimeSpan SegmentAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Most bytes of a record: key, value and headers (<c>max.message.bytes</c>, which in Kafka bounds a batch), at least 1; null takes that of the log.</summary>
    public int? MaxRecordBytes { get; init; }

    /// <summary>How long a record stays uncompacted at least (<c>min.compaction.lag.ms</c>).</summary>
    public TimeSpan MinCompactionLag { get; init; } = TimeSpan.Zero;

    /// <summary>Share of the bytes of a partition that must not be compacted yet before compaction starts, 0 to 1 (<c>min.cleanable.dirty.ratio</c>).</summary>
    public double MinDirtyRatio { get; init; } = 0.5;

    /// <summary>How long a tombstone stays once compaction has met it (<c>delete.retention.ms</c>).</summary>
    public TimeSpan TombstoneRetention { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Who says what time a record has (<c>message.timestamp.type</c>).</summary>
    public TimestampType TimestampType { get; init; } = TimestampType.CreateTime;

    /// <summary>How batches are stored (<c>compression.type</c>).</summary>
    public TopicCompression Compression { get; init; } = TopicCompression.Producer;

    /// <summary>Whether records of the topic are deleted or compacted some time.</summary>
    internal bool IsCleaned => Cleanup != TopicCleanup.Delete || Retention is not null || RetentionBytes is not null;

    /// <summary>What is out of its range, as the rest of a sentence about the topic; null if nothing is.</summary>
    internal string? Defect => this switch
    {
        { Partitions: < 1 or > MaxPartitions } => $"cannot have {Partitions} partitions; 1 to {MaxPartitions} are possible.",
        _ when !Enum.IsDefined(Cleanup) => $"cannot have the cleanup {Cleanup}.",
        _ when !Enum.IsDefined(TimestampType) => $"cannot have the timestamp type {TimestampType}.",
        _ when !Enum.IsDefined(Compression) => $"cannot have the compression {Compression}.",
        _ when Retention <= TimeSpan.Zero => $"cannot have the retention {Retention}; give a positive one, or none to keep all records.",
        { RetentionBytes: < 1 } => $"cannot keep {RetentionBytes} bytes; give 1 or more, or none to keep all records.",
        { SegmentBytes: < 1 << 10 or > 1L << 31 } => $"cannot have segments of {SegmentBytes} bytes; 1 KiB to 2 GiB are possible.",
        _ when SegmentAge <= TimeSpan.Zero => $"cannot have the segment age {SegmentAge}; give a positive one.",
        { MaxRecordBytes: < 1 } => $"cannot have records of at most {MaxRecordBytes} bytes; give 1 or more.",
        _ when !(MinDirtyRatio >= 0 && MinDirtyRatio <= 1) => $"cannot have the dirty ratio {MinDirtyRatio}; give one from 0 to 1.",
        _ when MinCompactionLag < TimeSpan.Zero => $"cannot have the compaction lag {MinCompactionLag}; it cannot be negative.",
        _ when TombstoneRetention < TimeSpan.Zero => $"cannot have the tombstone retention {TombstoneRetention}; it cannot be negative.",
        _ => null,
    };

    internal void Validate(string topic)
    {
        if (Defect is { } defect)
            throw new ArgumentException($"Topic '{topic}' {defect}");
    }
}
