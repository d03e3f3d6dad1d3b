namespace Flowgen;

/// <summary>The member that says when the event happened. Without it, the time of the append counts.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class EventTimeAttribute : Attribute
{
    /// <summary>Duration: how far behind the newest event an event may be before it counts as late.</summary>
    public string OutOfOrder { get; set; } = "0s";

    /// <summary>Duration of silence after which a partition no longer holds back the watermark.</summary>
    public string Idle { get; set; } = "30s";

    /// <summary>Unit of an integer member.</summary>
    public TimeUnit Unit { get; set; } = TimeUnit.Milliseconds;
}

/// <summary>Unit of an integer that counts time since 1970-01-01T00:00:00Z.</summary>
public enum TimeUnit
{
    /// <summary>1/1,000 s.</summary>
    Milliseconds,

    /// <summary>1 s.</summary>
    Seconds,

    /// <summary>1/1,000,000 s.</summary>
    Microseconds,

    /// <summary>1/1,000,000,000 s.</summary>
    Nanoseconds,
}
