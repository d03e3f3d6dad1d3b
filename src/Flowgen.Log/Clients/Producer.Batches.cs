namespace Flowgen.Log;

/// <content>Batches that the caller has built.</content>
public sealed partial class Producer
{
    /// <summary>
    /// Sends the records of a batch to a partition, behind what was sent there before. That costs as much as to send one record, however many
    /// there are: this is the fastest way into the log. The bytes are copied: the builder can be cleared and used again at once. Blocks
    /// while the buffer is full.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition; <see cref="Murmur2.Partition"/> finds that of a key.</param>
    /// <param name="batch">The batch, which must not change meanwhile. It has at least one record, and is not split: <see cref="ProducerOptions.BatchBytes"/> is a good size.</param>
    /// <returns>What becomes of the first record; the others follow it in the partition.</returns>
    /// <exception cref="ArgumentException">The batch is empty.</exception>
    /// <exception cref="RecordTooLargeException">A record or the batch is larger than the topic or the log allows; nothing of the batch is sent.</exception>
    /// <exception cref="UnknownTopicException">There is no such topic or partition.</exception>
    /// <exception cref="InvalidRecordException">The topic is compacted, and a record has no key; nothing of the batch is sent.</exception>
    /// <exception cref="BufferExhaustedException">The buffer stayed full for <see cref="ProducerOptions.MaxBlock"/>.</exception>
    public SendResult Send(string topic, int partition, BatchBuilder batch)
    {
        ThrowIfEmpty(batch);
        lock (_gate)
        {
            var target = Check(topic, partition, batch);
            WaitForRoom(batch.SizeInBytes);
            return Add(target, partition, batch, batch.SizeInBytes);
        }
    }

    /// <summary>Sends the records of a batch to a partition; waits while the buffer is full, without blocking a thread.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition; <see cref="Murmur2.Partition"/> finds that of a key.</param>
    /// <param name="batch">The batch, which has at least one record and must not change before the task has ended.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is sent then.</param>
    /// <returns>A task that ends when the batch is in the buffer, with what becomes of its first record.</returns>
    /// <inheritdoc cref="Send(string, int, BatchBuilder)"/>
    public async ValueTask<SendResult> SendAsync(string topic, int partition, BatchBuilder batch, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfEmpty(batch);
        int size = batch.SizeInBytes;
        Task<SendResult> sent;
        lock (_gate)
        {
            var target = Check(topic, partition, batch);
            if (TryTakeRoom(size))
                return Add(target, partition, batch, size);
            sent = _buffer.WaitAsync(size, () => Add(target, partition, batch, size), cancellationToken);
        }

        return await sent.ConfigureAwait(false);
    }

    private ProducerTopic Check(string topic, int partition, BatchBuilder batch)
    {
        var target = Topic(topic);
        BatchLimits.Check(batch, target.Choose(partition, default, hasKey: false).Partition, _log.Options);
        return target;
    }

    // Inside the gate, with room for the batch taken.
    private SendResult Add(ProducerTopic topic, int partition, BatchBuilder batch, int room)
    {
        try
        {
            ThrowIfClosed();
            if (topic.IsDeleted)
                topic = Topic(topic.Name); // there may be another one of that name
            var target = topic.Choose(partition, default, hasKey: false);
            if (target.Pending is not null)
                CloseBatch(topic, target); // what was sent before comes before
            StartLinger();
            StartEpochIfNeeded(target);
            var pending = new PendingBatch(topic.Name, partition) { Bytes = room };
            target.Take(pending, batch, DeliveryToFill(), Chunks, _options.Compression, _producerId);
            target.LastClosed = _time.GetTimestamp();
            _unsubmitted += room;
            room = 0; // it belongs to the delivery now
            CommitIfDue();
            return new SendResult(pending, 0, batch.FirstTimestamp);
        }
        finally
        {
            if (room > 0)
                GiveBack(room);
        }
    }

    private static void ThrowIfEmpty(BatchBuilder batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Count == 0)
            throw new ArgumentException("The batch is empty: add a record before you send it.", nameof(batch));
    }
}
