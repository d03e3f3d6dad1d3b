namespace Flowgen.Log;

/// <summary>A place in each of several partitions.</summary>
public abstract record OffsetSpec
{
    private OffsetSpec()
    {
    }

    /// <summary>The first record that is there.</summary>
    public static OffsetSpec Earliest { get; } = new EarliestOffset();

    /// <summary>Behind the last record.</summary>
    public static OffsetSpec Latest { get; } = new LatestOffset();

    /// <summary>An offset, or the nearest one that the partition holds.</summary>
    /// <param name="offset">The offset, 0 or more.</param>
    /// <returns>The place.</returns>
    public static OffsetSpec ForOffset(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return new FixedOffset(offset);
    }

    /// <summary>The first record whose timestamp is at or behind a time, or behind the last record if there is none.</summary>
    /// <param name="time">The time.</param>
    /// <returns>The place.</returns>
    public static OffsetSpec ForTimestamp(DateTimeOffset time) => new OffsetAtTime(time.ToUnixTimeMilliseconds());

    /// <summary>So many records on from what is committed, or back if negative, as far as the partition reaches. Nothing moves where nothing is committed.</summary>
    /// <param name="records">The number of records.</param>
    /// <returns>The place.</returns>
    public static OffsetSpec ShiftBy(long records) => new ShiftedOffset(records);

    /// <summary>Finds the place in one partition, within what it holds.</summary>
    /// <param name="log">The log.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="committed">What a group has committed for it.</param>
    /// <returns>The offset, or null if there is no such place.</returns>
    internal long? Find(FlowLog log, TopicPartition partition, long? committed)
    {
        var held = log.DescribePartition(partition.Topic, partition.Partition);
        long? wanted = this switch
        {
            EarliestOffset => held.FirstOffset,
            LatestOffset => held.NextOffset,
            FixedOffset fixedOffset => fixedOffset.Offset,
            OffsetAtTime time => log.FindOffset(partition.Topic, partition.Partition, time.Timestamp),
            ShiftedOffset shift => committed is { } from ? Add(from, shift.Records) : null,
            _ => throw new InvalidOperationException($"{this} is no place."),
        };
        return wanted is { } offset ? Math.Clamp(offset, held.FirstOffset, held.NextOffset) : null;
    }

    // Offsets are not negative: only the upper end can be passed.
    private static long Add(long offset, long records) => records > long.MaxValue - offset ? long.MaxValue : offset + records;

    private sealed record EarliestOffset : OffsetSpec;

    private sealed record LatestOffset : OffsetSpec;

    private sealed record FixedOffset(long Offset) : OffsetSpec;

    private sealed record OffsetAtTime(long Timestamp) : OffsetSpec;

    private sealed record ShiftedOffset(long Records) : OffsetSpec;
}
