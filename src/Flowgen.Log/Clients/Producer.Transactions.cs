using Flowgen.Log.Commits;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <content>Transactions: records for any topics and offsets of groups that become visible together, or not at all.</content>
public sealed partial class Producer
{
    private readonly ITimer _transactionTimer;
    private readonly List<(string Group, Partition Partition, CommittedOffset Offset, GroupMember? Member)> _offsets = [];
    private TransactionState _state;
    private Delivery? _transaction;
    private ProducerHolder _holder;
    private long _transactionBytes;
    private Exception? _transactionFailure;
    private ProducerFencedException? _fenced; // by a newer producer of this process

    /// <summary>
    /// Takes the transactional id: whoever held it before can commit nothing any more, at once and for ever. Call it once, before anything else;
    /// then read the offsets that are committed, because the former holder may have committed more than it told.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the id is taken.</returns>
    /// <exception cref="InvalidOperationException">The producer has no transactional id, or has it already.</exception>
    /// <exception cref="LogWriteException">There is no room to write it down; try again.</exception>
    public async Task InitTransactionsAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            string id = TransactionalId();
            ThrowIfClosed();
            if (_state != TransactionState.Uninitialized)
                throw new InvalidOperationException($"The producer has taken the transactional id '{id}' already.");
        }

        var holder = await _log.TakeTransactionalIdAsync(_options.TransactionalId!, this).WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            Hold(holder);
            if (_state == TransactionState.Uninitialized)
                _state = TransactionState.Ready;
        }
    }

    /// <inheritdoc cref="InitTransactionsAsync"/>
    public void InitTransactions() => InitTransactionsAsync().GetAwaiter().GetResult();

    /// <summary>Begins a transaction.</summary>
    /// <exception cref="InvalidOperationException">One is open, or <see cref="InitTransactions"/> was not called.</exception>
    /// <exception cref="ProducerFencedException">A newer producer has the transactional id.</exception>
    public void BeginTransaction()
    {
        lock (_gate)
        {
            ThrowUnless(TransactionState.Ready, "begin a transaction");
            _transaction = new Delivery(_time.GetTimestamp(), _nextDelivery++);
            _state = TransactionState.Open;
            _transactionTimer.Change(_options.TransactionTimeout, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Sets, as part of the transaction, how far a group has read.</summary>
    /// <param name="offsets">Offset of the next record to read of each partition.</param>
    /// <param name="group">The group.</param>
    /// <exception cref="UnknownTopicException">There is no such topic or partition.</exception>
    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    /// <exception cref="ProducerFencedException">A newer producer has the transactional id.</exception>
    public void SendOffsetsToTransaction(IEnumerable<TopicPartitionOffset> offsets, string group) => SendOffsets(offsets, group, null);

    /// <summary>Sets, as part of the transaction, how far the group of a consumer has read. If the consumer has lost a partition by the time of the commit, the commit fails with a <see cref="CommitFailedException"/>.</summary>
    /// <param name="offsets">Offset of the next record to read of each partition.</param>
    /// <param name="consumer">The consumer, which owns the partitions.</param>
    /// <exception cref="UnknownTopicException">There is no such topic or partition.</exception>
    /// <exception cref="InvalidOperationException">No transaction is open, or the consumer has no group.</exception>
    /// <exception cref="ProducerFencedException">A newer producer has the transactional id.</exception>
    public void SendOffsetsToTransaction(IEnumerable<TopicPartitionOffset> offsets, Consumer consumer)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        var (group, member) = consumer.Membership;
        SendOffsets(offsets, group, member);
    }

    private void SendOffsets(IEnumerable<TopicPartitionOffset> offsets, string group, GroupMember? member)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        LogName.Validate("group", group);
        var all = new List<(string, Partition, CommittedOffset, GroupMember?)>();
        foreach (var offset in offsets)
        {
            CommittedOffset.Validate(offset.Offset, offset.Metadata);
            all.Add((group, _log.FindPartition(offset.Partition), new CommittedOffset(offset.Offset, offset.Metadata), member));
        }

        lock (_gate)
        {
            ThrowUnless(TransactionState.Open, "send offsets");
            _offsets.AddRange(all);
        }
    }

    /// <summary>Commits the transaction: its records and offsets become durable and visible together. What the disk does not take is tried again until <see cref="ProducerOptions.DeliveryTimeout"/>.</summary>
    /// <returns>A task that ends when it is committed.</returns>
    /// <exception cref="DeliveryTimeoutException">The disk did not take it in time. Nothing of it is in the log; abort it.</exception>
    /// <exception cref="TransactionAbortedException">It was open for too long. Nothing of it is in the log; abort it.</exception>
    /// <exception cref="TopicDeletedException">One of its topics was deleted. Nothing of it is in the log; abort it.</exception>
    /// <exception cref="CommitFailedException">The consumer whose offsets are in it has lost a partition. Nothing of it is in the log; abort it.</exception>
    /// <exception cref="ProducerFencedException">A newer producer has the transactional id. Nothing of it is in the log.</exception>
    /// <exception cref="LogPoisonedException">Whether it is committed is known only when the log has been opened again: take the id anew and read the committed offsets.</exception>
    public async Task CommitTransactionAsync()
    {
        Delivery delivery;
        lock (_gate)
        {
            ThrowUnless(TransactionState.Open, "commit");
            while (_filling.Count > 0)
                CloseBatch(_filling[^1].Topic, _filling[^1].Partition);
            delivery = _transaction!;
            _state = TransactionState.Committing;
            _transactionTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        try
        {
            if (delivery.Batches.Count > 0 || _offsets.Count > 0)
                await CommitInTime(delivery).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FlowLogException or ObjectDisposedException)
        {
            lock (_gate)
                Lose(delivery, e);
            throw;
        }

        lock (_gate)
        {
            foreach (var (partition, _) in delivery.Writes)
                partition.CommittedAt = _time.GetTimestamp();
            delivery.Succeed(Chunks);
            EndTransaction(TransactionState.Ready);
        }
    }

    /// <inheritdoc cref="CommitTransactionAsync"/>
    public void CommitTransaction() => CommitTransactionAsync().GetAwaiter().GetResult();

    /// <summary>Ends the transaction without a trace: its records fail with <see cref="TransactionAbortedException"/>, its offsets are forgotten.</summary>
    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    /// <exception cref="ProducerFencedException">A newer producer has the transactional id; the transaction has ended.</exception>
    public void AbortTransaction()
    {
        lock (_gate)
        {
            if (_state != TransactionState.Failed)
                ThrowUnless(TransactionState.Open, "abort");
            AbandonTransaction(new TransactionAbortedException("The transaction was aborted. Nothing of it is in the log."));
            EndTransaction(TransactionState.Ready);
        }
    }

    /// <summary>A newer producer has taken the transactional id.</summary>
    internal void Fence(ProducerHolder newer)
    {
        lock (_gate)
        {
            if (_state == TransactionState.Over)
                return;
            _fenced = new ProducerFencedException($"The transactional id '{newer.TransactionalId}' has been taken over by a newer producer (epoch {newer.Epoch}, this one has {_holder.Epoch}). Nothing of the open transaction is in the log; close this producer and leave the work to the newer one.");
            if (_state == TransactionState.Committing)
                return; // the commit under way finds out by itself
            AbandonTransaction(_fenced);
            EndTransaction(TransactionState.Over);
        }
    }

    private async Task CommitInTime(Delivery delivery)
    {
        long start = _time.GetTimestamp();
        while (true)
        {
            try
            {
                await RenewIfForgotten(delivery).ConfigureAwait(false);
                var request = Request(delivery);
                await SubmitForOwners(request).ConfigureAwait(false);
                return;
            }
            catch (LogWriteException e)
            {
                if (_time.GetElapsedTime(start) >= _options.DeliveryTimeout)
                    throw new DeliveryTimeoutException($"The transaction could not be committed within {_options.DeliveryTimeout}; nothing of it is in the log. {e.Message}", e);
            }

            await Task.Delay(_options.RetryBackoff, _time).ConfigureAwait(false);
        }
    }

    private Task SubmitForOwners(CommitRequest request)
    {
        List<(GroupMember, GroupPartition)> owned = [.. _offsets.Where(o => o.Member is not null).Select(o => (o.Member!, GroupPartition.Of(o.Partition)))];
        return _log.Groups.Commit(owned, () =>
        {
            _log.Pipeline.Submit(request);
            return request.Done;
        });
    }

    // The log forgets a producer for each partition by itself, when nothing of it has come for some time. After half that time a newer epoch
    // starts with sequence 0 in all of them.
    private async Task RenewIfForgotten(Delivery delivery)
    {
        var idle = _log.Options.ProducerIdExpiration / 2;
        if (!delivery.Writes.Any(w => w.Partition.CommittedAt is { } last && _time.GetElapsedTime(last) > idle))
            return;
        var holder = await _log.TakeTransactionalIdAsync(_options.TransactionalId!, this, _holder).ConfigureAwait(false);
        lock (_gate)
        {
            Hold(holder);
            foreach (var (partition, write) in delivery.Writes)
                partition.NextSequence = write.Restamp(new ProducerStamp(_producerId, partition.Epoch, 0));
        }
    }

    private CommitRequest Request(Delivery delivery)
    {
        var request = new CommitRequest { KeepsChunks = true, Holder = _holder };
        _log.NoteUse(request, _holder);
        request.Writes.AddRange(delivery.Writes.Select(w => w.Write));
        foreach (var (group, partition, offset, _) in _offsets)
        {
            request.Named.Add(partition);
            request.Entries.WriteGroupOffset(group, partition.TopicId, partition.Index, offset);
        }

        return request;
    }

    private void Hold(ProducerHolder holder)
    {
        _holder = holder;
        _producerId = holder.ProducerId;
        foreach (var partition in _topics.Values.SelectMany(t => t.Partitions))
            partition.StartEpoch(holder.Epoch);
    }

    private void TakeRoomInTransaction(int size)
    {
        ThrowUnless(TransactionState.Open, "send");
        if (_transactionBytes + size > _options.MaxTransactionBytes)
        {
            _transactionFailure = new TransactionTooLargeException($"The transaction has more than the {_options.MaxTransactionBytes} bytes that it may keep in memory. Abort it, and commit after fewer records, or set a larger {nameof(ProducerOptions.MaxTransactionBytes)}.");
            _state = TransactionState.Failed;
            throw _transactionFailure;
        }

        _transactionBytes += size;
    }

    private void TransactionIsOverdue()
    {
        lock (_gate)
        {
            if (_state != TransactionState.Open || _time.GetElapsedTime(_transaction!.CreatedAt) < _options.TransactionTimeout)
                return;
            var aborted = new TransactionAbortedException($"The transaction was open for longer than {_options.TransactionTimeout} and was aborted; nothing of it is in the log. Commit sooner, or set a larger {nameof(ProducerOptions.TransactionTimeout)}.");
            AbandonTransaction(aborted);
            EndTransaction(TransactionState.Failed);
            _transactionFailure ??= aborted;
        }
    }

    private void Lose(Delivery delivery, Exception cause)
    {
        delivery.Fail(cause, Chunks);
        EndTransaction(cause is DeliveryTimeoutException or TopicDeletedException or UnknownTopicException or CommitFailedException ? TransactionState.Failed : TransactionState.Over);
        _transactionFailure ??= cause;
    }

    private void AbandonTransaction(Exception cause)
    {
        if (_transaction is null || _state == TransactionState.Committing)
            return;
        foreach (var (_, partition) in _filling)
        {
            partition.Pending!.Fail(cause);
            partition.Forget();
        }

        _filling.Clear();
        _transaction.Fail(cause, Chunks);
        EndTransaction(_state);
    }

    private void EndTransaction(TransactionState next)
    {
        _transaction = null;
        _offsets.Clear();
        _transactionBytes = 0;
        _unsubmitted = 0;
        _transactionFailure = _fenced;
        _transactionTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var partition in _topics.Values.SelectMany(t => t.Partitions))
            partition.NextSequence = partition.CommittedSequence;
        foreach (string deleted in _topics.Where(t => t.Value.IsDeleted).Select(t => t.Key).ToList())
            _topics.Remove(deleted);
        _lastTopic = null;
        _state = _fenced is null ? next : TransactionState.Over;
    }

    private void ThrowUnless(TransactionState needed, string action)
    {
        string id = TransactionalId();
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_state == needed)
            return;
        if (_transactionFailure is { } failure)
            throw Again(failure);
        throw new InvalidOperationException($"The producer with the transactional id '{id}' cannot {action} now. " + _state switch
        {
            TransactionState.Uninitialized => $"Call {nameof(InitTransactions)} first.",
            TransactionState.Ready => $"Call {nameof(BeginTransaction)} first.",
            TransactionState.Open => "A transaction is open: commit or abort it first.",
            TransactionState.Committing => "Its transaction is being committed: wait for that first.",
            _ => $"Its transaction has failed: call {nameof(AbortTransaction)} first.",
        });
    }

    private static FlowLogException Again(Exception failure) => failure switch
    {
        ProducerFencedException => new ProducerFencedException(failure.Message, failure),
        TransactionTooLargeException => new TransactionTooLargeException(failure.Message, failure),
        TransactionAbortedException => new TransactionAbortedException(failure.Message, failure),
        LogPoisonedException => new LogPoisonedException(failure.Message, failure),
        _ => new FlowLogException($"The transaction has failed: {failure.Message}", failure),
    };

    private string TransactionalId() => _options.TransactionalId
        ?? throw new InvalidOperationException($"The producer has no transactional id. Set {nameof(ProducerOptions)}.{nameof(ProducerOptions.TransactionalId)} to use transactions.");
}
