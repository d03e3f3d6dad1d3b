using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Reads the committed batches of one partition, oldest first. For one thread at a time.</summary>
public interface IEngineReader : IDisposable
{
    /// <summary>Takes the next batch, if one is committed.</summary>
    /// <param name="batch">A view that is valid until the next call.</param>
    /// <returns>Whether there was one.</returns>
    bool TryRead(out RecordBatch batch);
}
