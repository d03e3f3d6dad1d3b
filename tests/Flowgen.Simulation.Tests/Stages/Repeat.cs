namespace Flowgen.Simulation.Tests.Stages;

/// <summary>None, one or two for each.</summary>
[Stage]
[From<Event>, To<Event>]
public sealed partial class Repeat
{
    [FlatMap]
    static void Copy(in Event e, Out<Event> copies)
    {
        for (int i = 0; i < e.Id % 3; i++) copies.Emit(e with { Id = (e.Id * 5) + i, Step = (e.Step * 2) + i });
    }
}
