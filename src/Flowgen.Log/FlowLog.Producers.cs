using Flowgen.Log.Commits;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <content>Producers and their ids.</content>
public sealed partial class FlowLog
{
    private const int UsesNoted = 8; // in the time in which a transactional id expires
    private const int IdsAtOnce = 1_000; // so that a commit is needed for one producer in a thousand

    private readonly Lock _takingIds = new();
    private readonly SemaphoreSlim _takingTransactionalIds = new(1);
    private string? _beingTaken; // the transactional id of a commit that is on its way
    private readonly Dictionary<string, (ProducerHolder Holder, Producer Producer)> _holders = new(StringComparer.Ordinal);
    private long _nextProducerId;
    private long _takenProducerIds;

    /// <summary>Makes a producer.</summary>
    /// <param name="options">How it works.</param>
    /// <returns>The producer; dispose of it before the log.</returns>
    /// <exception cref="LogWriteException">There is no room to write down that its id is taken.</exception>
    public Producer CreateProducer(ProducerOptions? options = null)
    {
        ThrowIfDisposed();
        ThrowIfReadOnly();
        options ??= new ProducerOptions();
        options.Validate(_options.MaxBatchBytes);
        return new Producer(this, options, FirstId(options));
    }

    /// <summary>
    /// Goes on with a producer of this log that had the log open before and lost it: because it was poisoned, or was closed too early. What that
    /// producer sent and was not told to be committed is sent again; what is in the log already is not appended again.
    /// <see cref="SendResult.Committed"/> of its records then tells what became of them here.
    /// </summary>
    /// <param name="former">The producer. Its log is closed or poisoned, and it is not disposed; this closes it.</param>
    /// <returns>A producer with the same id, options and order of records.</returns>
    /// <exception cref="ArgumentException">It is a producer of another log.</exception>
    /// <exception cref="InvalidOperationException">Its log still works, it is closed, or it is one of transactions.</exception>
    public Producer ResumeProducer(Producer former)
    {
        ArgumentNullException.ThrowIfNull(former);
        ThrowIfDisposed();
        ThrowIfReadOnly();
        if (former.Log.Path != Path)
            throw new ArgumentException($"The producer belongs to the log in '{former.Log.Path}', not to that in '{Path}'.", nameof(former));
        if (ReferenceEquals(former.Log, this) || former.Log is { _disposed: 0, Pipeline.IsPoisoned: false })
            throw new InvalidOperationException("The log of the producer still works: go on with the producer itself.");
        var producer = new Producer(this, former.Options, former.ProducerId);
        producer.Resume(former);
        return producer;
    }

    /// <summary>An id for a producer that stamps its batches itself (<see cref="ProducerStamp"/>). No other producer of the log ever gets it.</summary>
    /// <returns>The id.</returns>
    /// <exception cref="LogWriteException">There is no room to write down that it is taken.</exception>
    public long AllocateProducerId()
    {
        ThrowIfDisposed();
        ThrowIfReadOnly();
        lock (_takingIds)
        {
            if (_nextProducerId == _takenProducerIds)
                TakeProducerIds();
            return _nextProducerId++;
        }
    }

    /// <summary>Gives a transactional id to a producer.</summary>
    /// <param name="transactionalId">The id.</param>
    /// <param name="producer">Who takes it.</param>
    /// <param name="renewed">What the producer has, if it only wants a newer epoch: it fails if somebody else has the id by now.</param>
    internal async Task<ProducerHolder> TakeTransactionalIdAsync(string transactionalId, Producer producer, ProducerHolder? renewed = null)
    {
        await _takingTransactionalIds.WaitAsync().ConfigureAwait(false); // one after the other: what failed leaves nothing to be taken back
        try
        {
            var request = SubmitTaking(transactionalId, renewed);
            await request.Done.ConfigureAwait(false);
            var holder = request.Takes!.Value;
            var former = Note(holder, producer);
            if (renewed is null)
                former?.Fence(holder);
            return holder;
        }
        finally
        {
            lock (_takingIds)
                _beingTaken = null;
            _takingTransactionalIds.Release();
        }
    }

    private CommitRequest SubmitTaking(string transactionalId, ProducerHolder? renewed)
    {
        lock (_takingIds)
        {
            var holder = Next(transactionalId);
            var request = new CommitRequest { Takes = holder, Holder = renewed };
            request.Entries.WriteTransactionalId(transactionalId, new TransactionalProducer(holder.ProducerId, holder.Epoch, Now()));
            _beingTaken = transactionalId;
            Pipeline.Submit(request);
            return request;
        }
    }

    // Returns who has lost the id.
    private Producer? Note(ProducerHolder holder, Producer producer)
    {
        lock (_takingIds)
        {
            var former = _holders.TryGetValue(holder.TransactionalId, out var held) && !ReferenceEquals(held.Producer, producer) ? held.Producer : null;
            _holders[holder.TransactionalId] = (holder, producer);
            return former;
        }
    }

    /// <summary>Notes with a commit of a transaction that its id is in use, as often as that is needed for the id not to expire.</summary>
    internal void NoteUse(CommitRequest request, ProducerHolder holder)
    {
        TransactionalProducer? known;
        lock (_state.Gate)
            known = _state.Producers.Find(holder.TransactionalId);
        long now = Now();
        bool isNoted = known is { } found && (found.As(holder.TransactionalId) != holder || now - found.Time < _options.TransactionalIdExpiration.TotalMilliseconds / UsesNoted);
        if (!isNoted)
            request.Entries.WriteTransactionalId(holder.TransactionalId, new TransactionalProducer(holder.ProducerId, holder.Epoch, now));
    }

    /// <summary>Forgets the transactional ids that have not been used for <see cref="FlowLogOptions.TransactionalIdExpiration"/>. Who still holds one can go on.</summary>
    internal void ExpireTransactionalIds()
    {
        long before = Now() - (long)_options.TransactionalIdExpiration.TotalMilliseconds;
        lock (_takingIds)
        {
            List<KeyValuePair<string, TransactionalProducer>> expired;
            lock (_state.Gate)
                expired = [.. _state.Producers.Transactional.Where(t => t.Value.Time < before && t.Key != _beingTaken)];
            if (expired.Count == 0)
                return;
            var request = new CommitRequest { Expires = [.. expired.Select(t => t.Key)] };
            foreach (var (id, holder) in expired)
                request.Entries.WriteTransactionalIdExpired(id, holder.Time);
            Commit(request);
            foreach (var (id, _) in expired)
            {
                if (_holders.TryGetValue(id, out var held) && held.Producer.IsClosed)
                    _holders.Remove(id);
            }
        }
    }

    internal TopicState FindTopic(string name)
    {
        lock (_state.Gate)
            return _state.GetTopic(name);
    }

    internal TopicState? TryFindTopic(string name)
    {
        lock (_state.Gate)
            return _state.TryGetTopic(name, out var topic) ? topic : null;
    }

    internal Partition FindPartition(TopicPartition partition) => _state.GetPartition(partition.Topic, partition.Partition);

    // The producers of transactions get theirs when they take their transactional id.
    private long FirstId(ProducerOptions options) =>
        !options.EnableIdempotence ? -1
        : options.TransactionalId is null ? AllocateProducerId()
        : 0;

    private ProducerHolder Next(string transactionalId)
    {
        TransactionalProducer? committed;
        lock (_state.Gate)
            committed = _state.Producers.Find(transactionalId);
        var last = _holders.TryGetValue(transactionalId, out var held) ? held.Holder
            : committed?.As(transactionalId);
        return last is { Epoch: < short.MaxValue - 1 } former
            ? former with { Epoch = (short)(former.Epoch + 1) }
            : new ProducerHolder(transactionalId, AllocateProducerId(), 0);
    }

    private void TakeProducerIds()
    {
        long first;
        lock (_state.Gate)
            first = _state.Producers.NextProducerId;
        var request = new CommitRequest();
        request.Entries.WriteProducerIds(first + IdsAtOnce);
        Commit(request);
        (_nextProducerId, _takenProducerIds) = (first, first + IdsAtOnce);
    }
}
