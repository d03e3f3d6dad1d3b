namespace Flowgen.Simulation.Tests.Apps;

/// <summary>What a life that has crashed left to the next one.</summary>
/// <param name="Operations">Operations of the disk until its end.</param>
/// <param name="HasSnapshot">Whether a snapshot had taken the place of changes of state.</param>
internal sealed record CrashedLife(int Operations, bool HasSnapshot);
