namespace Flowgen;

/// <summary>An accumulator of which two can be combined: partitions, panes and sessions are then aggregated in parts.</summary>
/// <typeparam name="TSelf">The accumulator itself.</typeparam>
public interface IMergeable<TSelf>
    where TSelf : struct, IMergeable<TSelf>
{
    /// <summary>Adds what another accumulator holds.</summary>
    /// <param name="other">The other.</param>
    void Merge(in TSelf other);
}
