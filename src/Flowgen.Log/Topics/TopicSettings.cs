namespace Flowgen.Log;

/// <summary>How a topic is to be created.</summary>
/// <param name="Partitions">Number of partitions, 1 to <see cref="MaxPartitions"/>.</param>
/// <param name="Cleanup">What happens to old records.</param>
/// <param name="Retention">How long records are kept; null keeps them.</param>
public sealed record TopicSettings(int Partitions = 1, TopicCleanup Cleanup = TopicCleanup.Delete, TimeSpan? Retention = null)
{
    /// <summary>Most partitions that a topic can have.</summary>
    public const int MaxPartitions = 4096;

    internal void Validate(string topic)
    {
        if (Partitions is < 1 or > MaxPartitions)
            throw new ArgumentException($"Topic '{topic}' cannot have {Partitions} partitions; 1 to {MaxPartitions} are possible.");
        if (!Enum.IsDefined(Cleanup))
            throw new ArgumentException($"Topic '{topic}' cannot have the cleanup {Cleanup}.");
        if (Retention is { } retention && retention <= TimeSpan.Zero)
            throw new ArgumentException($"Topic '{topic}' cannot have the retention {retention}; give a positive one, or none to keep all records.");
    }
}
