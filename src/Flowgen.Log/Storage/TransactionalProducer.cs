using Flowgen.Log.Commits;

namespace Flowgen.Log.Storage;

/// <summary>To whom a transactional id belongs.</summary>
/// <param name="ProducerId">The producer.</param>
/// <param name="Epoch">Its epoch: who has an older one is fenced.</param>
/// <param name="Time">When it took the id or committed with it, in Unix milliseconds; not every commit is noted.</param>
internal readonly record struct TransactionalProducer(long ProducerId, short Epoch, long Time)
{
    public ProducerHolder As(string transactionalId) => new(transactionalId, ProducerId, Epoch);
}
