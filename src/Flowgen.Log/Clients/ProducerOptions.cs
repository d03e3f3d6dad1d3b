namespace Flowgen.Log;

/// <summary>How a producer works. The names in brackets are those of Kafka's settings, whose meanings and, where nothing else is said, defaults these have.</summary>
public sealed record ProducerOptions
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromDays(24); // what a timer takes

    /// <summary>A batch is closed when it has reached this size (<c>batch.size</c>). 1 KiB to 16 MiB; 64 KiB, where Kafka has 16.</summary>
    public int BatchBytes { get; init; } = 64 << 10;

    /// <summary>How long a record waits at most for others to share its batch (<c>linger.ms</c>). Zero waits only while an earlier commit is under way.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Bytes that were sent and are not committed yet; <c>Send</c> waits while there are more (<c>buffer.memory</c>). At least 64 KiB.</summary>
    public int BufferBytes { get; init; } = 32 << 20;

    /// <summary>How long <c>Send</c> waits at most for room in the buffer (<c>max.block.ms</c>). 1 minute.</summary>
    public TimeSpan MaxBlock { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a record is tried to be committed while the disk does not take it (<c>delivery.timeout.ms</c>), from when the first batch was
    /// closed of those that are committed together with its own. Then it fails with <see cref="DeliveryTimeoutException"/>, and is not in the
    /// log. 2 minutes.
    /// </summary>
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a producer waits before it tries again (<c>retry.backoff.ms</c>). 100 ms.</summary>
    public TimeSpan RetryBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How batches are compressed where the topic leaves it to the producer (<c>compression.type</c>).</summary>
    public CompressionType Compression { get; init; }

    /// <summary>
    /// Whether the log appends each record once and in the order in which they were sent, whatever is tried again (<c>enable.idempotence</c>).
    /// Without it a record is appended at least once: the log remembers nothing of the producer, what is sent again by
    /// <see cref="FlowLog.ResumeProducer"/> may be there twice, and records may change places when the disk refuses some of them.
    /// </summary>
    public bool EnableIdempotence { get; init; } = true;

    /// <summary>
    /// Makes a producer of transactions (<c>transactional.id</c>): letters, digits, '.', '_' and '-'. Of all producers with the same id the
    /// one that called <see cref="Producer.InitTransactions"/> last can commit.
    /// </summary>
    public string? TransactionalId { get; init; }

    /// <summary>A transaction that is open for longer is aborted (<c>transaction.timeout.ms</c>). 1 minute.</summary>
    public TimeSpan TransactionTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Most bytes of the records of a transaction, which are kept in memory until it is committed. At least 64 KiB; 64 MiB. Kafka has no such bound.</summary>
    public long MaxTransactionBytes { get; init; } = 64 << 20;

    internal void Validate(int maxBatchBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchBytes, 1 << 10, nameof(BatchBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchBytes, Math.Min(16 << 20, maxBatchBytes / 2), nameof(BatchBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(Linger, TimeSpan.Zero, nameof(Linger));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Linger, TimeSpan.FromMinutes(1), nameof(Linger));
        ArgumentOutOfRangeException.ThrowIfLessThan(BufferBytes, 64 << 10, nameof(BufferBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBlock, TimeSpan.Zero, nameof(MaxBlock));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxBlock, MaxTime, nameof(MaxBlock));
        ArgumentOutOfRangeException.ThrowIfLessThan(DeliveryTimeout, Linger, nameof(DeliveryTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RetryBackoff, TimeSpan.Zero, nameof(RetryBackoff));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RetryBackoff, MaxTime, nameof(RetryBackoff));
        if (!BatchCompression.IsKnown(Compression))
            throw new ArgumentException($"A producer cannot have the compression {Compression}.");
        if (TransactionalId is not null)
            LogName.Validate("transactional id", TransactionalId);
        if (TransactionalId is not null && !EnableIdempotence)
            throw new ArgumentException($"A producer with a transactional id ('{TransactionalId}') is always idempotent: without that a transaction could be there twice. Leave {nameof(EnableIdempotence)} on, or leave {nameof(TransactionalId)} out.");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TransactionTimeout, TimeSpan.Zero, nameof(TransactionTimeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TransactionTimeout, MaxTime, nameof(TransactionTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTransactionBytes, 64 << 10, nameof(MaxTransactionBytes));
    }
}
