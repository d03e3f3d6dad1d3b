namespace Flowgen.Log.Commits;

/// <summary>A producer with a transactional id, on whose behalf a request commits or which takes the id over.</summary>
internal readonly record struct ProducerHolder(string TransactionalId, long ProducerId, short Epoch);
