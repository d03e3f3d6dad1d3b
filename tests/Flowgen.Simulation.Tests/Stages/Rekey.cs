namespace Flowgen.Simulation.Tests.Stages;

/// <summary>Groups by another key. What was in order for the old key stays so.</summary>
[Stage]
[From<Event>, To<Event>]
public sealed partial class Rekey
{
    [Map]
    static Event Move(in Event e) => e with { Key = (int)Math.Abs(e.Id % 5), Lane = (e.Lane * 1009) + e.Key };
}
