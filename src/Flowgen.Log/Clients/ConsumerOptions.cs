namespace Flowgen.Log;

/// <summary>How a consumer reads.</summary>
public sealed record ConsumerOptions
{
    /// <summary>The group whose offsets are used and committed; null for a consumer that commits nothing.</summary>
    public string? Group { get; init; }

    /// <summary>Where to start in a partition without a committed offset.</summary>
    public StartAt StartAt { get; init; } = StartAt.Beginning;
}
