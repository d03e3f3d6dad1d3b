using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>The embedded log as the engine sees it. The log belongs to the caller, who disposes of it after the engine.</summary>
/// <param name="log">The log.</param>
public sealed class EmbeddedLog(FlowLog log) : IEngineLog
{
    private const int BatchOverhead = 1 << 10;

    /// <inheritdoc/>
    public long CommitVersion => log.CommitVersion;

    internal FlowLog Log => log;

    /// <summary>Refuses a log that would refuse what the engine writes: batches of a few hundred KiB, and one more record.</summary>
    internal void CheckBatches()
    {
        const int room = 1 << 20;
        if (log.Options.MaxBatchBytes < (long)log.Options.MaxRecordBytes + room)
            throw new FlowTopologyException($"The log takes batches of at most {log.Options.MaxBatchBytes} bytes and records of {log.Options.MaxRecordBytes}, and an app writes batches of up to {room} bytes and a record: open the log with {nameof(FlowLogOptions)}.{nameof(FlowLogOptions.MaxBatchBytes)} of at least {log.Options.MaxRecordBytes + room}.");
    }

    /// <inheritdoc/>
    public int EnsureTopic(TopicDeclaration topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        if (log.TryDescribeTopic(topic.Name, out TopicDescription? known)) return known.Partitions;
        TimeSpan? retention = topic.RetentionMs is > 0 and { } ms ? TimeSpan.FromMilliseconds(ms) : null;
        int? maxRecordBytes = topic.MaxRecordBytes is { } wanted ? Math.Min(wanted, log.Options.MaxBatchBytes - BatchOverhead) : null;
        return log.EnsureTopic(topic.Name, new TopicSettings(topic.Partitions, CleanupOf(topic.Cleanup), retention) { MaxRecordBytes = maxRecordBytes }).Partitions;
    }

    /// <inheritdoc/>
    public int RegisterSchema(string topic, ReadOnlySpan<byte> schema) => log.RegisterSchema(topic, schema);

    /// <inheritdoc/>
    public byte[] GetSchema(string topic, int schemaId) => log.GetSchema(topic, schemaId);

    /// <inheritdoc/>
    public OffsetRange GetOffsets(string topic, int partition)
    {
        PartitionDescription described = log.DescribePartition(topic, partition);
        return new OffsetRange(described.FirstOffset, described.NextOffset);
    }

    /// <inheritdoc/>
    public CommittedPosition? GetCommitted(string group, string topic, int partition) =>
        log.GetCommitted(group, topic, partition) is { } committed ? new CommittedPosition(committed.Offset, committed.Metadata) : null;

    /// <inheritdoc/>
    public IEngineReader OpenReader(string topic, int partition, long offset) => new Reader(log.OpenReader(topic, partition, offset));

    /// <inheritdoc/>
    public IEngineTransaction BeginTransaction() => new Transaction(log.BeginTransaction());

    /// <inheritdoc/>
    public void DeleteRecordsBefore(string topic, int partition, long offset) => log.DeleteRecordsBefore(topic, partition, offset);

    /// <inheritdoc/>
    public ValueTask WaitForCommitAsync(long afterVersion, CancellationToken cancellationToken) => log.WaitForCommitAsync(afterVersion, cancellationToken);

    private static TopicCleanup CleanupOf(Cleanup cleanup) => cleanup switch
    {
        Cleanup.Compact => TopicCleanup.Compact,
        Cleanup.CompactAndDelete => TopicCleanup.CompactAndDelete,
        _ => TopicCleanup.Delete,
    };

    private sealed class Reader(PartitionReader reader) : IEngineReader
    {
        public long Position => reader.Position;

        public bool TryRead(out RecordBatch batch) => reader.TryRead(out batch);

        public void Dispose() => reader.Dispose();
    }

    private sealed class Transaction(LogTransaction transaction) : IEngineTransaction
    {
        private readonly Lock _gate = new();

        public void Append(string topic, int partition, BatchBuilder batch)
        {
            lock (_gate) transaction.Append(topic, partition, batch);
        }

        public void SetOffset(string group, string topic, int partition, CommittedPosition position)
        {
            lock (_gate) transaction.SetOffset(group, topic, partition, position.Offset, position.Metadata);
        }

        public ValueTask CommitAsync() => transaction.CommitAsync();

        public void Dispose() => transaction.Dispose();
    }
}
