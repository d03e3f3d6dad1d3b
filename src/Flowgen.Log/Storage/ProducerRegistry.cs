namespace Flowgen.Log.Storage;

/// <summary>Which ids of producers are taken, and who holds which transactional id. Part of the <see cref="LogState"/>, guarded by its gate.</summary>
internal sealed class ProducerRegistry
{
    private readonly SortedDictionary<string, TransactionalProducer> _transactional = new(StringComparer.Ordinal);

    /// <summary>Ids below this one are taken.</summary>
    public long NextProducerId { get; private set; }

    public IEnumerable<KeyValuePair<string, TransactionalProducer>> Transactional => _transactional;

    public TransactionalProducer? Find(string transactionalId) => _transactional.TryGetValue(transactionalId, out var holder) ? holder : null;

    public void TakeIds(long next) => NextProducerId = Math.Max(NextProducerId, next);

    public void Take(string transactionalId, TransactionalProducer holder)
    {
        _transactional[transactionalId] = holder;
        TakeIds(holder.ProducerId + 1);
    }

    /// <summary>Forgets a transactional id, unless it has been used again.</summary>
    public void Expire(string transactionalId, long lastUsed)
    {
        if (Find(transactionalId) is { } holder && holder.Time <= lastUsed)
            _transactional.Remove(transactionalId);
    }
}
