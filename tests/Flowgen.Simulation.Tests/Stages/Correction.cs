namespace Flowgen.Simulation.Tests.Stages;

/// <summary>The result of a window, as far as it was known.</summary>
[Stream]
public readonly record struct Correction([Key] int Key, long Count, long Sum, [EventTime] long Window);
