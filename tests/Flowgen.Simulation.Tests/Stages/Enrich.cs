namespace Flowgen.Simulation.Tests.Stages;

/// <summary>Joins the table, whose rows are there before the app starts.</summary>
[Stage]
[From<Event>, Table<Factor>]
[To<Event>, To<Orphan>]
public sealed partial class Enrich
{
    [Join]
    static Event Multiply(in Event e, in Factor factor) => e with { Id = (e.Id * factor.Value) + factor.Version };

    [Unmatched]
    static Orphan NoFactor(in Event e) => new(e.Key, e.Id, e.Lane, e.Step, e.At);
}
