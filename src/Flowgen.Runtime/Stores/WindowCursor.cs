using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Flowgen.Runtime;

/// <summary>The open pane of a <see cref="WindowStore{TKey, TKeyCodec, TAcc, TAccCodec}"/> in the locals of a loop over a batch: while times stay in one window,
/// a record costs the look-up of its key and nothing else. All look-ups of a loop go through one cursor.</summary>
/// <typeparam name="TKey">The key type.</typeparam>
/// <typeparam name="TKeyCodec">How keys are hashed and written.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
/// <typeparam name="TAccCodec">How accumulators are written.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct WindowCursor<TKey, TKeyCodec, TAcc, TAccCodec>
    where TKey : notnull
    where TKeyCodec : struct, IKeyCodec<TKey>
    where TAccCodec : struct, IStateCodec<TAcc>
{
    // Only what the loop needs in registers: the rest is read from the table, which costs less than spilling it.
    private readonly WindowStore<TKey, TKeyCodec, TAcc, TAccCodec> _store;
    private readonly StateTable<TKey, TKeyCodec, TAcc> _table;
    private readonly long _start;

    /// <summary>Stands on a window.</summary>
    /// <param name="store">The store.</param>
    /// <param name="start">Start of the window.</param>
    /// <param name="table">Its table; an empty one if its look-ups must go to the store, because the window has fired or there is none.</param>
    internal WindowCursor(WindowStore<TKey, TKeyCodec, TAcc, TAccCodec> store, long start, StateTable<TKey, TKeyCodec, TAcc> table)
    {
        _store = store;
        _start = start;
        _table = table;
    }

    /// <summary>Whether a time lies in the window of the cursor.</summary>
    /// <param name="time">Unix milliseconds.</param>
    /// <param name="size">Size of the windows of the store in milliseconds.</param>
    /// <returns>False if the cursor must be moved with <see cref="WindowStore{TKey, TKeyCodec, TAcc, TAccCodec}.CursorAt"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Holds(long time, long size) => (ulong)(time - _start) < (ulong)size;

    /// <summary>The accumulator of a key; <c>default</c> if the key is new. The reference is valid until the next call.</summary>
    /// <param name="key">The key; it is copied if it borrows.</param>
    /// <returns>The accumulator, to be changed in place.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref TAcc Get(TKey key)
    {
        ref TAcc value = ref _table.GetTouched(key);
        if (Unsafe.IsNullRef(ref value)) return ref _store.GetSlowly(key, _start);
        return ref value;
    }

    /// <summary>The accumulator of a key; <c>default</c> if the key is new. The reference is valid until the next call.</summary>
    /// <param name="key">The key; it is copied if it borrows.</param>
    /// <param name="isNew">Whether the key was not there.</param>
    /// <returns>The accumulator, to be changed in place.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref TAcc Get(TKey key, out bool isNew)
    {
        ref TAcc value = ref _table.GetTouched(key);
        if (Unsafe.IsNullRef(ref value)) return ref _store.GetSlowly(key, _start, out isNew);
        isNew = false;
        return ref value;
    }
}
