using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>An output whose records have a key, so that tombstones can be sent.</summary>
/// <typeparam name="TRecord">The record type.</typeparam>
/// <typeparam name="TKey">Type of its key.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class KeyedOutBuffer<TRecord, TKey> : OutBuffer<TRecord>
    where TKey : notnull
{
    private readonly List<Tombstone> _tombstones = [];

    /// <summary>The tombstones; each stands at its index among the records, in whose place is a default record.</summary>
    public IReadOnlyList<Tombstone> Tombstones => _tombstones;

    /// <summary>Appends a tombstone.</summary>
    /// <param name="key">The key to remove.</param>
    /// <param name="time">Event time in Unix milliseconds.</param>
    public void AddTombstone(TKey key, long time)
    {
        _tombstones.Add(new Tombstone(Count, key));
        Add(default!, time);
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        _tombstones.Clear();
    }

    /// <summary>A key that is removed.</summary>
    /// <param name="Index">Its place among the records.</param>
    /// <param name="Key">The key.</param>
    public readonly record struct Tombstone(int Index, TKey Key);
}
