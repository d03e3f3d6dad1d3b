namespace Flowgen.Log.Storage;

/// <summary>Which ids of producers are taken, and who holds which transactional id. Part of the <see cref="LogState"/>, guarded by its gate.</summary>
internal sealed class ProducerRegistry
{
    private readonly SortedDictionary<string, TransactionalProducer> _transactional = new(StringComparer.Ordinal);
    private readonly Dictionary<long, short> _epochs = [];

    /// <summary>Ids below this one are taken.</summary>
    public long NextProducerId { get; private set; }

    public IEnumerable<KeyValuePair<string, TransactionalProducer>> Transactional => _transactional;

    public TransactionalProducer? Find(string transactionalId) => _transactional.TryGetValue(transactionalId, out var holder) ? holder : null;

    /// <summary>The newest epoch of a producer with a transactional id, or null.</summary>
    public short? EpochOf(long producerId) => _epochs.TryGetValue(producerId, out short epoch) ? epoch : null;

    public void TakeIds(long next) => NextProducerId = Math.Max(NextProducerId, next);

    public void Take(string transactionalId, TransactionalProducer holder)
    {
        if (Find(transactionalId) is { } former && former.ProducerId != holder.ProducerId)
            _epochs[former.ProducerId] = short.MaxValue; // nobody can write with the id that it has used up
        _transactional[transactionalId] = holder;
        _epochs[holder.ProducerId] = holder.Epoch;
        TakeIds(holder.ProducerId + 1);
    }
}
