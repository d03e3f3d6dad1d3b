namespace Flowgen.Log;

/// <summary>How a consumer reads. Names and defaults are Kafka's.</summary>
/// <remarks>There is no automatic commit (Kafka's <c>enable.auto.commit</c>): what has been processed only the program knows.
/// There is no isolation level either: nothing but committed records can be read.</remarks>
public sealed record ConsumerOptions
{
    /// <summary>The group whose offsets are used and committed (<c>group.id</c>); null for a consumer that commits nothing.</summary>
    public string? Group { get; init; }

    /// <summary>A name for people, shown where the members of a group are described (<c>client.id</c>).</summary>
    public string ClientId { get; init; } = "consumer";

    /// <summary>Where to go on without a committed offset, or where the records have been deleted.</summary>
    public AutoOffsetReset AutoOffsetReset { get; init; } = AutoOffsetReset.Latest;

    /// <summary>A member of a group that has not taken anything for so long loses its partitions to the others (<c>max.poll.interval.ms</c>). Waiting for records counts as taking. It may be noticed up to another such time later if the last records came out of a batch that it held already.</summary>
    public TimeSpan MaxPollInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Most records that <see cref="Consumer.Poll"/> gives at once, 1 or more (<c>max.poll.records</c>).</summary>
    public int MaxPollRecords { get; init; } = 500;

    /// <summary>Most bytes of keys, values and headers that <see cref="Consumer.Poll"/> gives at once, 1 or more; one record always fits (<c>fetch.max.bytes</c>).</summary>
    public int FetchMaxBytes { get; init; } = 50 << 20;

    /// <summary>Called by the consumer's own calls when it has got partitions, before it reads them: it may seek.</summary>
    public Action<Consumer, IReadOnlyList<TopicPartition>>? PartitionsAssigned { get; init; }

    /// <summary>Called by the consumer's own calls before it gives partitions back; they are its own until this returns, so it may commit.</summary>
    public Action<Consumer, IReadOnlyList<TopicPartition>>? PartitionsRevoked { get; init; }

    /// <summary>Called by the consumer's own calls when partitions are gone: it has not polled for <see cref="MaxPollInterval"/>, or the topic was deleted. It cannot commit for them.</summary>
    public Action<Consumer, IReadOnlyList<TopicPartition>>? PartitionsLost { get; init; }

    internal void Validate()
    {
        if (Group is not null)
            LogName.Validate("group", Group);
        ArgumentNullException.ThrowIfNull(ClientId);
        if (!Enum.IsDefined(AutoOffsetReset))
            throw new ArgumentOutOfRangeException(nameof(AutoOffsetReset), AutoOffsetReset, "Use Latest, Earliest or None.");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxPollInterval, TimeSpan.Zero, nameof(MaxPollInterval));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPollRecords, 1, nameof(MaxPollRecords));
        ArgumentOutOfRangeException.ThrowIfLessThan(FetchMaxBytes, 1, nameof(FetchMaxBytes));
    }
}
