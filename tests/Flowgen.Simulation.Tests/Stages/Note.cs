namespace Flowgen.Simulation.Tests.Stages;

/// <summary>An event as text: its key has no fixed length.</summary>
[Stream]
public readonly record struct Note([Key] string Name, string Text, int Lane, int Step, [EventTime] long At);
