namespace Flowgen;

/// <summary>What happens to the old records of a topic. Stored with the topic; the embedded log neither deletes nor compacts yet, and tables read the newest record of each key either way.</summary>
public enum Cleanup
{
    /// <summary>Old records are deleted by age.</summary>
    Delete,

    /// <summary>The newest record of each key is kept.</summary>
    Compact,

    /// <summary>Both: the newest record of each key, and nothing older than the retention.</summary>
    CompactAndDelete,
}
