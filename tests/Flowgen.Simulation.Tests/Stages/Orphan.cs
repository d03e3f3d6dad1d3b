namespace Flowgen.Simulation.Tests.Stages;

/// <summary>An event whose key is not in the table.</summary>
[Stream]
public readonly record struct Orphan([Key] int Key, long Id, int Lane, int Step, [EventTime] long At);
