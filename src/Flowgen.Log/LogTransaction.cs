using Flowgen.Log.Commits;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>
/// One atomic step: batches for any partitions and offsets of groups become visible and durable together, or not at all. Any number can
/// be open; those that are committed at about the same time share one sync. Not thread-safe.
/// </summary>
public sealed class LogTransaction : IDisposable
{
    private readonly LogState _state;
    private readonly CommitPipeline _pipeline;
    private readonly FlowLogOptions _options;
    private readonly Dictionary<Partition, PartitionWrite> _writes = [];
    private readonly CommitRequest _request = new();
    private bool _submitted;
    private bool _disposed;

    internal LogTransaction(LogState state, CommitPipeline pipeline, FlowLogOptions options)
    {
        _state = state;
        _pipeline = pipeline;
        _options = options;
    }

    /// <summary>How batches are compressed where the topic leaves it to the producer. Not at all, unless set.</summary>
    public CompressionType Compression { get; set; }

    /// <summary>Appends a batch to a partition. The bytes are copied: the builder can be reused at once. An empty batch changes nothing.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="batch">The batch.</param>
    /// <exception cref="UnknownTopicException">There is no such topic or partition.</exception>
    /// <exception cref="RecordTooLargeException">A record or the batch is larger than the topic or the log allows; nothing of the batch is appended.</exception>
    /// <exception cref="InvalidRecordException">The topic is compacted, and a record has no key; nothing of the batch is appended.</exception>
    /// <exception cref="InvalidOperationException">A record of the batch has not ended, or the transaction is committed.</exception>
    public void Append(string topic, int partition, BatchBuilder batch)
    {
        ThrowIfDone();
        batch.ThrowIfInRecord();
        if (batch.Count == 0)
            return;
        var write = WriteTo(topic, partition, batch);
        write.Add(batch, _pipeline.Chunks, BatchCompression.Choose(write.Partition.Settings, Compression));
    }

    /// <summary>
    /// Appends a batch to a partition once: if the partition has it already, the commit succeeds and nothing is appended. The same stamp must
    /// come with the same records. An empty batch changes nothing.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="stamp">Who sends it, and which one it is.</param>
    /// <exception cref="UnknownTopicException">There is no such topic or partition.</exception>
    /// <exception cref="RecordTooLargeException">A record or the batch is larger than the topic or the log allows; nothing of the batch is appended.</exception>
    /// <exception cref="InvalidRecordException">The topic is compacted, and a record has no key; nothing of the batch is appended.</exception>
    /// <exception cref="InvalidOperationException">A record of the batch has not ended, or the transaction is committed.</exception>
    public void Append(string topic, int partition, BatchBuilder batch, ProducerStamp stamp)
    {
        ThrowIfDone();
        stamp.Validate();
        batch.ThrowIfInRecord();
        if (batch.Count == 0)
            return;
        var write = WriteTo(topic, partition, batch);
        write.Add(batch, _pipeline.Chunks, BatchCompression.Choose(write.Partition.Settings, Compression), stamp);
    }

    /// <summary>Sets how far a group has read a partition.</summary>
    /// <param name="group">The group; it comes into being with its first offset.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">Offset of the next record to read.</param>
    /// <param name="metadata">Anything to be kept beside it, at most <see cref="CommittedOffset.MaxMetadataBytes"/> bytes of UTF-8.</param>
    public void SetOffset(string group, string topic, int partition, long offset, string metadata = "") =>
        SetOffset(group, new TopicPartitionOffset(new TopicPartition(topic, partition), offset, metadata));

    /// <summary>Commits. Commits take effect in the order of these calls.</summary>
    /// <returns>A task that ends when the commit is durable (see <see cref="Durability"/>) and visible.</returns>
    /// <exception cref="LogWriteException">The bytes could not be written; nothing of the transaction is left.</exception>
    /// <exception cref="OutOfOrderSequenceException">A stamped batch leaves a gap; nothing of the transaction is left.</exception>
    /// <exception cref="ProducerFencedException">A stamped batch is of an older epoch; nothing of the transaction is left.</exception>
    /// <exception cref="TopicDeletedException">A topic that the transaction names has been deleted; nothing of the transaction is left.</exception>
    /// <exception cref="LogPoisonedException">Whether the transaction is committed is known only when the log has been opened again.</exception>
    public ValueTask CommitAsync()
    {
        ThrowIfDone();
        _submitted = true;
        if (_request.Writes.Count == 0 && _request.Entries.Length == 0)
            _request.Succeed();
        else
            _pipeline.Submit(_request);
        return new ValueTask(_request.Done);
    }

    /// <summary>Offset that the first record appended to a partition by this transaction has got; known when <see cref="CommitAsync"/> has ended.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <returns>The offset, or null if nothing was appended there.</returns>
    public long? FirstAppendedOffset(string topic, int partition) =>
        _writes.TryGetValue(_state.GetPartition(topic, partition), out var write) && write.BaseOffset >= 0 ? write.BaseOffset : null;

    /// <summary>Offset of the first record of a stamped batch, also of one that the partition had already; known when <see cref="CommitAsync"/> has ended.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="stamp">The stamp of the batch.</param>
    /// <returns>The offset, or null if no batch of that stamp is in the transaction.</returns>
    public long? AppendedOffset(string topic, int partition, ProducerStamp stamp)
    {
        if (!_writes.TryGetValue(_state.GetPartition(topic, partition), out var write))
            return null;
        foreach (ref var batch in write.Stamped)
        {
            if (batch.Stamp == stamp && batch.BaseOffset >= 0)
                return batch.BaseOffset;
        }

        return null;
    }

    /// <summary>Ends the transaction. Without <see cref="CommitAsync"/> nothing of it remains.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (_submitted)
            return;
        foreach (var write in _request.Writes)
            _pipeline.Chunks.Return(write.Chunks);
    }

    /// <summary>Sets how far a group has read a partition, and says which one of that name it is.</summary>
    internal GroupPartition SetOffset(string group, TopicPartitionOffset offset)
    {
        ThrowIfDone();
        LogName.Validate("group", group);
        CommittedOffset.Validate(offset.Offset, offset.Metadata);
        var target = _state.GetPartition(offset.Partition.Topic, offset.Partition.Partition);
        _request.Named.Add(target);
        _request.Entries.WriteGroupOffset(group, target.TopicId, target.Index, new CommittedOffset(offset.Offset, offset.Metadata));
        return GroupPartition.Of(target);
    }

    private PartitionWrite WriteTo(string topic, int partition, BatchBuilder batch)
    {
        var target = _state.GetPartition(topic, partition);
        BatchLimits.Check(batch, target, _options);
        if (!_writes.TryGetValue(target, out var write))
        {
            _writes.Add(target, write = new PartitionWrite(target));
            _request.Writes.Add(write);
        }

        return write;
    }

    private void ThrowIfDone()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_submitted)
            throw new InvalidOperationException("The transaction is committed; begin another one.");
    }
}
