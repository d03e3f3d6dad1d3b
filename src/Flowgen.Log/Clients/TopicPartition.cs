namespace Flowgen.Log;

/// <summary>A partition of a topic.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
public readonly record struct TopicPartition(string Topic, int Partition)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Topic}-{Partition}");
}
