namespace Flowgen;

/// <summary>What happens to the old records of a topic. Tables read the newest record of each key either way.</summary>
public enum Cleanup
{
    /// <summary>Records that are older than the retention are deleted.</summary>
    Delete,

    /// <summary>The newest record of each key is kept, and a tombstone for a time. Records need a key.</summary>
    Compact,

    /// <summary>Both: the newest record of each key, and nothing older than the retention.</summary>
    CompactAndDelete,
}
