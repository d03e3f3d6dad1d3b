using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Flowgen.Runtime;

/// <summary>The newest row of each key of a table's topic. Read from the topic at start, so nothing of it is written.</summary>
/// <typeparam name="TKey">The key type.</typeparam>
/// <typeparam name="TKeyCodec">How keys are hashed and read.</typeparam>
/// <typeparam name="TRow">The record type.</typeparam>
/// <typeparam name="TRowCodec">How rows are copied.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TableStore<TKey, TKeyCodec, TRow, TRowCodec> : ITableRows<TKey, TRow>
    where TKey : notnull
    where TKeyCodec : struct, IKeyCodec<TKey>
    where TRowCodec : struct, IRecordCodec<TRow>
{
    private readonly StateTable<TKey, TKeyCodec, TRow> _table = new(tracksChanges: false);
    private readonly TRow _none = default!;

    /// <summary>Number of rows.</summary>
    public long Entries => _table.Count;

    /// <summary>Memory that the rows and their index take, in bytes; without what rows refer to.</summary>
    public long SizeInBytes => _table.SizeInBytes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly TRow Find(TKey key, out bool found)
    {
        int position = _table.Find(key);
        found = position >= 0;
        if (found) return ref _table.ValueAt(position);
        return ref _none;
    }

    /// <summary>Sets the row of a key.</summary>
    /// <param name="key">The key; it is copied if it borrows.</param>
    /// <param name="row">The row; what it borrows is copied.</param>
    public void Upsert(TKey key, in TRow row) => _table.Get(key, out _) = TRowCodec.Own(in row);

    /// <summary>Removes the row of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(TKey key) => _table.Remove(key);

    /// <summary>Removes the row of a key, for a tombstone.</summary>
    /// <param name="keyBytes">The key as it stands in the topic.</param>
    /// <returns>Whether there was a row.</returns>
    /// <exception cref="RecordFormatException">The bytes are not such a key.</exception>
    public bool Remove(ReadOnlySpan<byte> keyBytes) => _table.Remove(TKeyCodec.ReadKey(keyBytes));

    /// <summary>Forgets all rows.</summary>
    public void Clear() => _table.Clear();
}
