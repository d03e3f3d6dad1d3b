namespace Flowgen.TestKit.Simulation;

/// <summary>A clock that stands still, so that a run writes the same bytes each time.</summary>
public sealed class FixedTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
}
