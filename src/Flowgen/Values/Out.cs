using Flowgen.Runtime;

namespace Flowgen;

/// <summary>Where a step sends its records. Lives only for the call.</summary>
/// <typeparam name="TRecord">The record type.</typeparam>
public readonly ref struct Out<TRecord>
{
    private readonly OutBuffer<TRecord> _buffer;
    private readonly long _time;

    internal Out(OutBuffer<TRecord> buffer, long time)
    {
        _buffer = buffer;
        _time = time;
    }

    /// <summary>Sends a record. Its event time is its own <see cref="EventTimeAttribute"/> member, else that of the step's input.</summary>
    /// <param name="record">The record.</param>
    public void Emit(in TRecord record) => _buffer.Add(in record, _time);

    /// <summary>Sends a record with an event time, for types without an <see cref="EventTimeAttribute"/> member.</summary>
    /// <param name="record">The record.</param>
    /// <param name="at">When the event happened.</param>
    public void Emit(in TRecord record, DateTimeOffset at) => _buffer.Add(in record, at.ToUnixTimeMilliseconds());

    /// <summary>Sends a tombstone: removes the key from a compacted topic or table.</summary>
    /// <typeparam name="TKey">The key type of the record.</typeparam>
    /// <param name="key">The key; for a composite key, a tuple.</param>
    /// <exception cref="InvalidOperationException">The records of this type have another key type, or none.</exception>
    public void Delete<TKey>(TKey key)
        where TKey : notnull
    {
        if (_buffer is not KeyedOutBuffer<TRecord, TKey> keyed)
            throw new InvalidOperationException($"'{typeof(TRecord).Name}' is not keyed by '{typeof(TKey).Name}': pass the value of its [Key], or a tuple of its [Key] members in their order");
        keyed.AddTombstone(key, _time);
    }
}
