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

    /// <summary>Most bytes of a batch as stored. At least <see cref="MaxRecordBytes"/> and 1 KiB.</summary>
    public int MaxBatchBytes { get; init; } = 32 << 20;

    /// <summary>The clock of timestamps and lingering.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(SegmentBytes, 1 << 10, nameof(SegmentBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SegmentBytes, 1L << 31, nameof(SegmentBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRecordBytes, 1, nameof(MaxRecordBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBatchBytes, (long)MaxRecordBytes + (1 << 10), nameof(MaxBatchBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxBatchBytes, 1 << 30, nameof(MaxBatchBytes));
        ArgumentNullException.ThrowIfNull(TimeProvider);
    }
}
