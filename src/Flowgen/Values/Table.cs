using System.Diagnostics.CodeAnalysis;
using Flowgen.Runtime;

namespace Flowgen;

/// <summary>Looks up rows of a <see cref="TableAttribute{TRecord}"/> by key. Lives only for the call.</summary>
/// <typeparam name="TKey">Type of the key.</typeparam>
/// <typeparam name="TRow">The record type of the table.</typeparam>
public readonly ref struct Table<TKey, TRow>
    where TKey : notnull
{
    private readonly ITableRows<TKey, TRow> _rows;

    /// <summary>Wraps the rows of a table; generated code calls this.</summary>
    /// <param name="rows">The rows.</param>
    public Table(ITableRows<TKey, TRow> rows) => _rows = rows;

    /// <summary>Finds the newest row of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="row">A copy of the row.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TRow row)
    {
        row = _rows.Find(key, out bool found);
        return found;
    }

    /// <summary>Finds the newest row of a key without copying it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="found">Whether there is one.</param>
    /// <returns>The row; a default one where there is none.</returns>
    public ref readonly TRow Find(TKey key, out bool found) => ref _rows.Find(key, out found);
}
