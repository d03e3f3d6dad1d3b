namespace Flowgen.Log.Commits;

/// <summary>A producer with a transactional id, on whose behalf a request commits or which takes the id over.</summary>
internal readonly record struct ProducerHolder(string TransactionalId, long ProducerId, short Epoch)
{
    /// <summary>Whether another one has lost the id to this one. Ids of producers are never given twice, and rise.</summary>
    public bool IsNewerThan(ProducerHolder other) => (ProducerId, Epoch).CompareTo((other.ProducerId, other.Epoch)) > 0;
}
