namespace Flowgen.Simulation.Tests.Stages;

[Stage]
[From<Event>, To<Event>]
public sealed partial class DropThirds
{
    [Filter]
    static bool IsKept(in Event e) => e.Id % 3 != 0;
}
