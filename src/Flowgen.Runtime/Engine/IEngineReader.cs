using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Reads the committed batches of one partition, oldest first. For one thread at a time.</summary>
public interface IEngineReader : IDisposable
{
    /// <summary>Offset of the next record to read. It may pass offsets without records, where nothing is left of what was there.</summary>
    /// <remarks>On Kafka: <c>Position</c> of the consumer.</remarks>
    long Position { get; }

    /// <summary>Takes the next batch, if one is committed.</summary>
    /// <param name="batch">A view that is valid until the next call.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="OffsetOutOfRangeException">The next records have been removed.</exception>
    bool TryRead(out RecordBatch batch);
}
