using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>The entries of a store that were touched since the last commit, for <c>foreach</c>. The store must not change meanwhile.</summary>
/// <typeparam name="TKey">The key type.</typeparam>
/// <typeparam name="TKeyCodec">How keys are hashed and written.</typeparam>
/// <typeparam name="TValue">The accumulator.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct TouchedEntries<TKey, TKeyCodec, TValue>
    where TKey : notnull
    where TKeyCodec : struct, IKeyCodec<TKey>
{
    private readonly StateTable<TKey, TKeyCodec, TValue> _table;
    private readonly ReadOnlySpan<int> _touched;
    private readonly int _end;
    private int _nextTouched;
    private int _position;

    internal TouchedEntries(StateTable<TKey, TKeyCodec, TValue> table)
    {
        _table = table;
        _touched = table.Dirty;
        _position = table.Known - 1;
        _end = table.Used;
    }

    /// <summary>The entry.</summary>
    public TouchedEntry<TKey, TValue> Current { get; private set; }

    /// <summary>For <c>foreach</c>.</summary>
    /// <returns>This.</returns>
    public readonly TouchedEntries<TKey, TKeyCodec, TValue> GetEnumerator() => this;

    /// <summary>Goes to the next entry that is not removed.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        while (_nextTouched < _touched.Length)
        {
            if (MoveTo(_touched[_nextTouched++])) return true;
        }

        while (++_position < _end)
        {
            if (MoveTo(_position)) return true;
        }

        return false;
    }

    private bool MoveTo(int position)
    {
        if (_table.IsRemoved(position)) return false;
        Current = new TouchedEntry<TKey, TValue>(_table.KeyAt(position), ref _table.ValueAt(position));
        return true;
    }
}

/// <summary>A key and its value.</summary>
/// <typeparam name="TKey">The key type.</typeparam>
/// <typeparam name="TValue">The accumulator.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct TouchedEntry<TKey, TValue>
    where TKey : notnull
{
    private readonly ref readonly TValue _value;

    internal TouchedEntry(TKey key, ref readonly TValue value)
    {
        Key = key;
        _value = ref value;
    }

    /// <summary>The key.</summary>
    public TKey Key { get; }

    /// <summary>The value.</summary>
    public ref readonly TValue Value => ref _value;
}
