using System.Globalization;
using Flowgen.Log.Tests.Simulation;

namespace Flowgen.Log.Tests.Kernel;

/// <summary>Takes the steps of a scenario on a real disk and prints each that is acknowledged, with what became of its commits. Started by the tests as a process of its own.</summary>
internal static class StepsProgram
{
    public const int Steps = 60;

    /// <summary>Printed when the log was closed.</summary>
    public const string Closed = "closed";

    public static Scenario Scenario(int seed) =>
        RandomScenario.Create(seed, Steps, isOneProcess: true) with { LogOptions = Simulation.Scenario.Options with { SegmentBytes = 4096 } };

    public static int Run(string directory, int seed)
    {
        var run = new ScenarioRun(Scenario(seed), directory);
        try
        {
            run.Open();
            while (!run.IsDone)
                Take(run);
            run.Log.Dispose();
            Console.WriteLine(Closed);
            return 0;
        }
        catch (FlowLogException e)
        {
            Console.WriteLine(e.GetType().Name);
            return 1;
        }
    }

    // What failed without a trace can be tried again.
    private static void Take(ScenarioRun run)
    {
        string number = run.Taken.ToString(CultureInfo.InvariantCulture);
        try
        {
            run.TakeNext();
        }
        catch (LogWriteException)
        {
            run.TakeNext();
        }

        Console.WriteLine($"{number}:{run.Outcomes}");
    }
}
