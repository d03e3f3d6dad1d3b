namespace Flowgen.Simulation.Tests.Stages;

/// <summary>How many events of a key there were up to some commit.</summary>
[Stream]
public readonly record struct Total([Key] int Key, long Count, long Sum);
