using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Collects what the tasks write in the open epoch. Called once for each batch, by any worker.</summary>
internal sealed class EpochWriter(IEngineLog log)
{
    private readonly Lock _gate = new();
    private IEngineTransaction? _transaction;
    private long _bytes;
    private long _pending;

    /// <summary>Bytes of the open epoch: written, and of state that has changed and will be written when it closes.</summary>
    public long Bytes => Volatile.Read(ref _bytes) + Interlocked.Read(ref _pending);

    /// <summary>Notes that more state has changed, or, when it is written, that it is no longer to come.</summary>
    public void AddPending(long bytes) => Interlocked.Add(ref _pending, bytes);

    public void Append(string topic, int partition, BatchBuilder batch)
    {
        lock (_gate)
        {
            (_transaction ??= log.BeginTransaction()).Append(topic, partition, batch);
            _bytes += batch.SizeInBytes;
        }
    }

    public void SetOffset(string group, string topic, int partition, CommittedPosition position)
    {
        lock (_gate) (_transaction ??= log.BeginTransaction()).SetOffset(group, topic, partition, position);
    }

    /// <summary>Closes the epoch.</summary>
    /// <returns>What is to be committed; null if there is nothing.</returns>
    public IEngineTransaction? Take()
    {
        lock (_gate)
        {
            IEngineTransaction? taken = _transaction;
            _transaction = null;
            _bytes = 0;
            return taken;
        }
    }
}
