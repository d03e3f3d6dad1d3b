using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>What a write changes of a producer in its partition.</summary>
/// <param name="ProducerId">The producer.</param>
/// <param name="Before">What the partition had of it; null for nothing.</param>
/// <param name="After">What it has with the write.</param>
internal readonly record struct ProducerChange(long ProducerId, ProducerState? Before, ProducerState After);
