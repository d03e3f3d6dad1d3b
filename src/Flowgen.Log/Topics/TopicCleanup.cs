namespace Flowgen.Log;

/// <summary>What happens to the old records of a topic.</summary>
public enum TopicCleanup : byte
{
    /// <summary>Old records are deleted by age and size.</summary>
    Delete = 0,

    /// <summary>The newest record of each key is kept, and tombstones for a time. Records need a key.</summary>
    Compact = 1,

    /// <summary>Both: the newest record of each key, and nothing older than the retention.</summary>
    CompactAndDelete = 2,
}
