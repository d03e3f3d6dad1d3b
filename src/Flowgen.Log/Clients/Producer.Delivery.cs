using Flowgen.Log.Commits;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <content>From closed batches to commits. Everything happens inside the gate.</content>
public sealed partial class Producer
{
    private const int DeliveryBytes = 512 << 10; // committed at this size, even if the linger is not over
    private const long MaxDeliveryBytes = 8 << 20; // one that has to wait grows up to this
    private const int MaxSubmitted = ProducerState.MaxRuns; // the log remembers as many runs, and so knows each of them when it comes again

    private readonly ITimer _linger;
    private readonly ITimer _retry;
    private readonly List<(ProducerTopic Topic, ProducerPartition Partition)> _filling = [];
    private readonly LinkedList<Delivery> _deliveries = []; // in order; the first ones are submitted
    private readonly List<Delivery> _unresolved = []; // whose outcome is known when the log has been opened again
    private Delivery? _open; // takes the batches that are closed
    private long _unsubmitted; // bytes of records in the batches that are filled, and in the open delivery
    private int _submitted;
    private long _nextDelivery;
    private bool _retryIsDue; // something failed and is tried again; until then nothing is submitted
    private bool _diskIsRefusing;
    private OutOfOrderSequenceException? _unknownFailure; // of what may be committed already: fails all of that with the next try
    private Exception? _failure;
    private Exception? _broken; // the log takes nothing any more

    private ChunkPool Chunks => _log.Pipeline.Chunks;

    private void StartFilling(ProducerTopic topic, ProducerPartition partition)
    {
        StartLinger();
        _filling.Add((topic, partition));
    }

    private void StartLinger()
    {
        bool isFirst = _filling.Count == 0 && _open is null;
        if (isFirst && _options.Linger > TimeSpan.Zero && _options.TransactionalId is null)
            _linger.Change(_options.Linger, Timeout.InfiniteTimeSpan);
    }

    private void CloseBatch(ProducerTopic topic, ProducerPartition partition)
    {
        Deliver(partition, partition.Pending!, partition.Builder);
        partition.Forget();
        _filling.Remove((topic, partition));
        topic.Closed(partition);
    }

    // Copies a batch into the delivery that is being filled.
    private void Deliver(ProducerPartition partition, PendingBatch pending, BatchBuilder batch)
    {
        if (_options.TransactionalId is null)
            StartEpochIfForgotten(partition);
        else if (partition.Epoch != _holder.Epoch)
            partition.StartEpoch(_holder.Epoch);
        partition.Take(pending, batch, DeliveryToFill(), Chunks, _options.Compression, _producerId);
        partition.LastClosed = _time.GetTimestamp();
    }

    private Delivery DeliveryToFill()
    {
        if (_transaction is { } transaction)
            return transaction;
        if (_open is null && !_retryIsDue && _deliveries.Last?.Value is { IsSubmitted: false, IsOutcomeUnknown: false, Bytes: < MaxDeliveryBytes } waiting)
            return waiting;
        return _open ??= new Delivery(_time.GetTimestamp(), _nextDelivery++);
    }

    // After half the time for which the log remembers an idle producer. All its batches are committed, so that nothing can come again.
    private void StartEpochIfForgotten(ProducerPartition partition)
    {
        bool isIdle = partition.OnTheWay == 0 && partition.LastClosed is { } last && _time.GetElapsedTime(last) > _log.Options.ProducerIdExpiration / 2;
        if (isIdle)
            StartEpoch(partition);
    }

    private void StartEpoch(ProducerPartition partition)
    {
        if (partition.Epoch == short.MaxValue)
            throw new FlowLogException($"Producer {_producerId} has used up its epochs in {partition.Partition}. Close it and make another one.");
        partition.StartEpoch((short)(partition.Epoch + 1));
    }

    private void LingerIsOver()
    {
        lock (_gate)
            CommitAll();
    }

    private void CommitAll()
    {
        if (_options.TransactionalId is not null)
            return;
        while (_filling.Count > 0)
            CloseBatch(_filling[^1].Topic, _filling[^1].Partition);
        _unsubmitted = 0;
        if (_open is not null)
            _deliveries.AddLast(_open);
        _open = null;
        SubmitNext();
    }

    private void SubmitNext()
    {
        while (!_retryIsDue && _submitted < MaxSubmitted && _deliveries.FirstOrDefault(d => !d.IsSubmitted) is { } next)
            Submit(next);
    }

    private void Submit(Delivery delivery)
    {
        var request = new CommitRequest { KeepsChunks = true, OnEnd = failure => Ended(delivery, failure) };
        request.Writes.AddRange(delivery.Writes.Select(w => w.Write));
        delivery.IsSubmitted = true;
        _submitted++;
        try
        {
            _log.Pipeline.Submit(request);
        }
        catch (ObjectDisposedException e)
        {
            Ended(delivery, e);
        }
    }

    private void Ended(Delivery delivery, Exception? failure)
    {
        lock (_gate)
        {
            _submitted--;
            delivery.IsSubmitted = false;
            Delivered(delivery, failure);
            if (_submitted == 0)
                Monitor.PulseAll(_gate);
            if (_retryIsDue)
                RetryWhenAllHaveCome();
            else if (_options.Linger == TimeSpan.Zero)
                CommitAll();
            else
                SubmitNext();
            _buffer.Grant();
        }
    }

    private void Delivered(Delivery delivery, Exception? failure)
    {
        delivery.LastFailure = failure;
        switch (failure)
        {
            case null:
                _deliveries.Remove(delivery);
                delivery.Succeed(Chunks);
                _buffer.Free(delivery.Bytes);
                break;
            case LogWriteException:
                _retryIsDue = _diskIsRefusing = true;
                break;
            case OutOfOrderSequenceException when _deliveries.First?.Value != delivery:
                _retryIsDue = true; // one before it has failed
                break;
            case TopicDeletedException:
                _retryIsDue = true; // with what belongs to other topics
                FailDeleted(failure);
                break;
            case OutOfOrderSequenceException when !delivery.IsOutcomeUnknown:
                _retryIsDue = true;
                var partitions = delivery.Writes.Select(w => w.Partition).ToList();
                Fail(delivery, failure);
                StartEpochs(partitions);
                break;
            case OutOfOrderSequenceException unknown:
                _retryIsDue = true;
                _unknownFailure ??= unknown; // others of them are still submitted: their bytes belong to the log
                break;
            default:
                FailForNow(delivery, failure);
                Break(failure);
                break;
        }
    }

    private void RetryWhenAllHaveCome()
    {
        if (_submitted == 0)
            _retry.Change(_diskIsRefusing ? _options.RetryBackoff : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Retry()
    {
        lock (_gate)
        {
            if (!_retryIsDue || _submitted > 0)
                return;
            _retryIsDue = _diskIsRefusing = false;
            if (_unknownFailure is { } unknown)
                FailUnknown(unknown);
            _unknownFailure = null;
            FailExpired();
            Restamp();
            CommitAll();
            _buffer.Grant();
        }
    }

    private void FailExpired()
    {
        while (_deliveries.First?.Value is { } first && _time.GetElapsedTime(first.CreatedAt) >= _options.DeliveryTimeout)
        {
            if (first.IsOutcomeUnknown)
                FailUnknown(new DeliveryTimeoutException($"Whether the record is in the log could not be found out within {_options.DeliveryTimeout}. {first.LastFailure?.Message}", first.LastFailure!));
            else
                Fail(first, new DeliveryTimeoutException($"The record could not be committed within {_options.DeliveryTimeout}; it is not in the log. {first.LastFailure?.Message}", first.LastFailure!));
        }
    }

    // One of them may be in the log, with those behind it: what comes then must not take their sequences.
    private void FailUnknown(Exception cause)
    {
        var partitions = new HashSet<ProducerPartition>();
        foreach (var delivery in _deliveries.Where(d => d.IsOutcomeUnknown).ToList())
        {
            partitions.UnionWith(delivery.Writes.Select(w => w.Partition));
            Fail(delivery, cause);
        }

        StartEpochs(partitions);
    }

    private void StartEpochs(IEnumerable<ProducerPartition> partitions)
    {
        foreach (var partition in partitions.Distinct().ToList())
            StartEpoch(partition);
    }

    // None of what waits has been appended: the gaps that failed records have left are closed. What may be in the log keeps its sequences.
    private void Restamp()
    {
        if (_deliveries.Any(d => d.IsOutcomeUnknown))
            return;
        foreach (var partition in _topics.Values.SelectMany(t => t.Partitions))
            partition.NextSequence = partition.CommittedSequence;
        foreach (var (partition, write) in Waiting().SelectMany(d => d.Writes))
            partition.NextSequence = write.Restamp(new ProducerStamp(_producerId, partition.Epoch, partition.NextSequence));
    }

    private void FailDeleted(Exception cause)
    {
        foreach (var (topic, partition) in _filling.Where(f => f.Partition.Partition.IsDeleted).ToList())
        {
            partition.Pending!.Fail(cause);
            _failure ??= cause;
            _buffer.Free(partition.Pending.Bytes);
            partition.Forget();
            _filling.Remove((topic, partition));
        }

        foreach (var delivery in Waiting())
            Fail(delivery, cause, p => p.Partition.IsDeleted);
        foreach (string deleted in _topics.Where(t => t.Value.IsDeleted).Select(t => t.Key).ToList())
            _topics.Remove(deleted);
    }

    private List<Delivery> Waiting() => [.. _deliveries.Append(_open).OfType<Delivery>().Where(d => !d.IsSubmitted)];

    private void Fail(Delivery delivery, Exception cause, Predicate<ProducerPartition>? of = null)
    {
        long before = delivery.Bytes;
        int batches = delivery.Batches.Count;
        delivery.Fail(cause, Chunks, of);
        if (delivery.Batches.Count < batches)
            _failure ??= cause;
        _buffer.Free(before - delivery.Bytes);
        if (delivery.Batches.Count > 0)
            return;
        _deliveries.Remove(delivery);
        if (_open == delivery)
            _open = null; // it has ended: what comes is of another one
    }

    // Nothing more can be committed until the log has been opened again.
    private void Break(Exception cause)
    {
        if (_broken is not null)
            return;
        while (_filling.Count > 0)
            CloseBatch(_filling[^1].Topic, _filling[^1].Partition);
        _broken = cause;
        foreach (var delivery in Waiting())
            FailForNow(delivery, cause);
        _open = null;
        _buffer.Close(Refused(cause));
    }

    private static LogPoisonedException Refused(Exception cause) =>
        new($"The producer sends nothing any more: {cause.Message} When the log has been opened again, {nameof(FlowLog.ResumeProducer)} goes on with what is not committed.", cause);

    private void FailForNow(Delivery delivery, Exception cause)
    {
        _failure ??= cause;
        _deliveries.Remove(delivery);
        _unresolved.Add(delivery);
        delivery.FailForNow(cause);
        _buffer.Free(delivery.Bytes);
    }
}
