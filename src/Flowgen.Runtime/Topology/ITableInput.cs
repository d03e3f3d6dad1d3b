using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>An operator that keeps the newest row of each key of a topic.</summary>
/// <typeparam name="TRow">The record type of the table.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITableInput<TRow>
{
    /// <summary>Takes over a run of rows, oldest first.</summary>
    /// <param name="rows">The rows; their memory may be reused after the call.</param>
    void Update(scoped in Batch<TRow> rows);

    /// <summary>Forgets the row of a key: its topic has a tombstone.</summary>
    /// <param name="keyBytes">The key as it stands in the topic.</param>
    void Remove(ReadOnlySpan<byte> keyBytes);
}
