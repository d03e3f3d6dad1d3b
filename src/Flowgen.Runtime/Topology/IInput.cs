using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>An operator that takes records of one type.</summary>
/// <typeparam name="TRecord">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IInput<TRecord>
{
    /// <summary>Processes a run of records. What it emits stands in the operator's output buffers until the engine has taken it.</summary>
    /// <param name="batch">The records; their memory may be reused after the call.</param>
    void Process(scoped in Batch<TRecord> batch);
}
