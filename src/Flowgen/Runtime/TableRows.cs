using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>The rows of a table as <see cref="Table{TKey, TRow}"/> sees them.</summary>
/// <typeparam name="TKey">Type of the key.</typeparam>
/// <typeparam name="TRow">The record type of the table.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITableRows<TKey, TRow>
    where TKey : notnull
{
    /// <summary>Finds the newest row of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="found">Whether there is a row.</param>
    /// <returns>The row, or a reference to a default one.</returns>
    ref readonly TRow Find(TKey key, out bool found);
}
