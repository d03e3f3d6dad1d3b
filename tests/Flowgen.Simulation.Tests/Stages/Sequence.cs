namespace Flowgen.Simulation.Tests.Stages;

/// <summary>Numbers the events of each key.</summary>
[Stage]
[From<Event>, To<Event>]
public sealed partial class Sequence
{
    [State]
    public struct Count
    {
        public int Events;
    }

    [Process]
    static void Next(in Event e, ref Count count, Out<Event> numbered)
    {
        count.Events++;
        if (e.Value == Event.Poison) throw new FormatException("Poison, when the state has changed.");
        numbered.Emit(e with { Value = count.Events });
    }
}
