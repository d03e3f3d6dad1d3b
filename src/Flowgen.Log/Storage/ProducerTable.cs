namespace Flowgen.Log.Storage;

/// <summary>The producers of a partition. One that has appended nothing for long is forgotten when others come.</summary>
internal sealed class ProducerTable
{
    private const int FirstSweep = 64;

    private Dictionary<long, ProducerState>? _producers;
    private int _sweepAt = FirstSweep;

    public IEnumerable<KeyValuePair<long, ProducerState>> All => _producers ?? [];

    public ProducerState? Find(long producerId) => _producers?.GetValueOrDefault(producerId);

    public void Add(long producerId, ProducerState state, TimeSpan expiration)
    {
        if (Find(producerId) is null)
            Sweep(state.LastTime - (long)expiration.TotalMilliseconds);
        (_producers ??= [])[producerId] = state;
    }

    public void Undo(long producerId, ProducerState? before)
    {
        if (before is null)
            _producers?.Remove(producerId);
        else
            (_producers ??= [])[producerId] = before;
    }

    /// <summary>Notes an append, and forgets who is older than a time before it.</summary>
    public void Append(long producerId, short epoch, SequenceRun run, long time, TimeSpan expiration)
    {
        if (Find(producerId) is not { } state)
        {
            Sweep(time - (long)expiration.TotalMilliseconds);
            (_producers ??= []).Add(producerId, state = new ProducerState());
        }

        state.Append(epoch, run, time);
    }

    /// <summary>Forgets who has appended nothing since a time.</summary>
    public void Forget(long before)
    {
        if (_producers is null)
            return;
        foreach (long old in _producers.Where(p => p.Value.LastTime < before).Select(p => p.Key).ToList())
            _producers.Remove(old);
        _sweepAt = Math.Max(FirstSweep, 2 * _producers.Count);
    }

    private void Sweep(long before)
    {
        if (_producers?.Count >= _sweepAt)
            Forget(before);
    }
}
