using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>One atomic step: all of it becomes visible and durable, or nothing. Dropped when disposed without a commit.</summary>
public interface IEngineTransaction : IDisposable
{
    /// <summary>Adds a batch behind what the partition holds at the commit, and behind what this step has added before. May be called by several threads.</summary>
    /// <param name="topic">Name of the topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="batch">The batch; it can be reused after the call.</param>
    /// <remarks>On Kafka: <c>Produce</c> inside the transaction.</remarks>
    void Append(string topic, int partition, BatchBuilder batch);

    /// <summary>Notes how far a group has come.</summary>
    /// <param name="group">The consumer group.</param>
    /// <param name="topic">Name of the topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="position">The position.</param>
    /// <remarks>On Kafka: <c>SendOffsetsToTransaction</c>.</remarks>
    void SetOffset(string group, string topic, int partition, CommittedPosition position);

    /// <summary>Commits the step.</summary>
    /// <returns>Done when it is visible and, as far as the log promises, durable.</returns>
    /// <remarks>On Kafka: <c>CommitTransaction</c>.</remarks>
    ValueTask CommitAsync();
}
