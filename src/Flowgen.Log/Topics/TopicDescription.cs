namespace Flowgen.Log;

/// <summary>A topic as it exists.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Settings">How it was created.</param>
/// <param name="CreatedAt">When it was created, in Unix milliseconds.</param>
public sealed record TopicDescription(string Name, TopicSettings Settings, long CreatedAt)
{
    /// <summary>Number of partitions.</summary>
    public int Partitions => Settings.Partitions;

    /// <summary>Whether an app keeps it for itself: its name starts with two underscores.</summary>
    public bool IsInternal => IsInternalName(Name);

    internal static bool IsInternalName(string topic) => topic.StartsWith("__", StringComparison.Ordinal);
}
