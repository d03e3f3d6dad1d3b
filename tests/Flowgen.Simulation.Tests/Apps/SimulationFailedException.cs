namespace Flowgen.Simulation.Tests.Apps;

/// <summary>The app did something that it promised not to do.</summary>
public sealed class SimulationFailedException(string message) : Exception(message);
