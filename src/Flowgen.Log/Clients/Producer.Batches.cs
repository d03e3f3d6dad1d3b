namespace Flowgen.Log;

/// <content>Batches that the caller has built.</content>
public sealed partial class Producer
{
    /// <summary>
    /// Sends the records of a batch to a partition, behind what was sent there before: the fastest way into the log, because the producer is
    /// locked once for all of them, while their bytes are copied (and compressed, if they are). The builder can be cleared and used again at
    /// once; if it is not cleared, its records are sent again. Blocks while the buffer is full.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition; <see cref="Murmur2.Partition"/> finds that of a key.</param>
    /// <param name="batch">The batch, which must not change meanwhile. It has at least one record, and is not split: <see cref="ProducerOptions.BatchBytes"/> is a good size.</param>
    /// <returns>What becomes of the first record; the others follow it in the partition.</returns>
    /// <exception cref="ArgumentException">The batch is empty.</exception>
    /// <exception cref="InvalidOperationException">A record of the batch has not ended, or the batch has changed while it waited for room; nothing is sent. Or the producer has a transactional id, and no transaction is open.</exception>
    /// <exception cref="RecordTooLargeException">A record or the batch is larger than the topic or the log allows; nothing of the batch is sent.</exception>
    /// <exception cref="UnknownTopicException">There is no such topic or partition.</exception>
    /// <exception cref="InvalidRecordException">The topic is compacted, and a record has no key; nothing of the batch is sent.</exception>
    /// <exception cref="BufferExhaustedException">The buffer stayed full for <see cref="ProducerOptions.MaxBlock"/>.</exception>
    /// <exception cref="TransactionTooLargeException">The transaction has more than <see cref="ProducerOptions.MaxTransactionBytes"/>.</exception>
    /// <exception cref="ObjectDisposedException">The producer is closed.</exception>
    /// <exception cref="LogPoisonedException">The log takes nothing any more until it is opened again.</exception>
    public SendResult Send(string topic, int partition, BatchBuilder batch)
    {
        ThrowIfEmpty(batch);
        int size = batch.SizeInBytes;
        lock (_gate)
        {
            var target = Check(topic, partition, batch);
            WaitForRoom(size);
            return Add(target, partition, batch, size);
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
        Check(batch, target.Choose(partition, default, hasKey: false));
        return target;
    }

    private void Check(BatchBuilder batch, ProducerPartition target) => BatchLimits.Check(batch, target.Partition, _log.Options);

    // Inside the gate, with room for the batch taken. Topic and batch may have changed while it waited for that.
    private SendResult Add(ProducerTopic topic, int partition, BatchBuilder batch, int room)
    {
        try
        {
            ThrowIfClosed();
            if (topic.IsDeleted)
                topic = Topic(topic.Name); // there may be another one of that name
            var target = topic.Choose(partition, default, hasKey: false);
            ThrowIfChanged(batch, room);
            Check(batch, target);
            var pending = new PendingBatch(topic.Name, partition) { Bytes = room };
            var result = new SendResult(pending, 0, batch.FirstTimestamp);
            if (target.Pending is not null)
                CloseBatch(topic, target); // what was sent before comes before
            StartLinger();
            Deliver(target, pending, batch);
            _unsubmitted += room;
            room = 0; // it belongs to the delivery now
            CommitIfDue();
            return result;
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

    private static void ThrowIfChanged(BatchBuilder batch, int size)
    {
        if (batch.Count == 0 || batch.SizeInBytes != size)
            throw new InvalidOperationException("The batch was changed while it waited for room in the buffer; nothing of it is sent. Leave it alone until the task has ended.");
    }
}
