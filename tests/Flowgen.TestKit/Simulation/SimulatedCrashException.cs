namespace Flowgen.TestKit.Simulation;

/// <summary>The machine has lost its power; nothing that the program does from here on has an effect.</summary>
public sealed class SimulatedCrashException : Exception
{
    public SimulatedCrashException()
        : base("The simulated machine has crashed.")
    {
    }
}
