namespace Flowgen.Simulation.Tests.Stages;

/// <summary>An event that came after its window had closed for good.</summary>
[Stream]
public readonly record struct LateEvent([Key] int Key, long Id, long Window, [EventTime] long At);
