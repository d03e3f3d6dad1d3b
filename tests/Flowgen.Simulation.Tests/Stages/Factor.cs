namespace Flowgen.Simulation.Tests.Stages;

/// <summary>A row of the table beside the events.</summary>
[Topic("factors", Cleanup = Cleanup.Compact)]
public readonly record struct Factor([Key] int Key, int Version, int Value);
