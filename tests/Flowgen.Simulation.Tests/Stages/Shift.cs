namespace Flowgen.Simulation.Tests.Stages;

[Stage]
[From<Event>, To<Event>]
public sealed partial class Shift
{
    [Map]
    static Event Move(in Event e) => e.Value == Event.Poison ? throw new FormatException("Poison.") : e with { Id = (e.Id * 31) + 7 };
}
