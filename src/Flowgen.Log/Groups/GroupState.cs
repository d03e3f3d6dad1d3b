namespace Flowgen.Log;

/// <summary>What the members of a group are doing (Kafka's words).</summary>
public enum GroupState
{
    /// <summary>There are no members; only committed offsets.</summary>
    Empty,

    /// <summary>Members have still to give partitions back, or to take them, at their next poll.</summary>
    PreparingRebalance,

    /// <summary>Every partition has its owner.</summary>
    Stable,
}
