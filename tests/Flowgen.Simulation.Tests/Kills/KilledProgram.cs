using Flowgen.Log;
using Flowgen.Runtime;
using Samples.Flights;

namespace Flowgen.Simulation.Tests.Kills;

/// <summary>The program that the tests kill: loads the flights, runs the app to the end, and has a reader attached that writes down what it sees.</summary>
internal static class KilledProgram
{
    /// <summary>The line on standard output after which a kill hits the loader.</summary>
    public const string Loading = "loading";

    /// <summary>The line on standard output after which a kill hits the app.</summary>
    public const string Running = "running";

    public static async Task<int> Main(string[] args)
    {
        if (args is not [string directory, string trace])
        {
            await Console.Error.WriteLineAsync("usage: DIRECTORY TRACE: loads the sample's flights into the log in DIRECTORY, runs the app, and notes in TRACE what a reader sees.");
            return 2;
        }

        await RunAsync(directory, trace, Durability.Durable);
        return 0;
    }

    /// <summary>Goes on where the last life of the program was killed.</summary>
    public static async Task RunAsync(string directory, string trace, Durability durability)
    {
        using FlowLog log = FlowLog.Open(directory, new FlowLogOptions { Durability = durability });
        using CancellationTokenSource done = new();
        Task reading = new TracingReader(log, trace).RunAsync(done.Token);
        if (reading.IsFaulted) await reading; // what a former life has seen is gone; loading would bring it back
        Console.WriteLine(Loading);
        await LoadAsync(log);
        Console.WriteLine(Running);
        await using (FlowEngine engine = FlowEngine.Create<FlightsApp>(log, new FlowEngineOptions { Workers = 2, CommitEvery = TimeSpan.FromMilliseconds(5) }))
            await engine.RunToEndAsync();
        await done.CancelAsync();
        await reading;
    }

    private static async Task LoadAsync(FlowLog log)
    {
        string data = Path.Combine(AppContext.BaseDirectory, "data");
        Loader loader = new(log);
        await loader.LoadAirportsAsync(Path.Combine(data, "airports.csv"));
        await loader.LoadFlightsAsync(await FlightFile.CheckAsync(Path.Combine(data, "flights-20k.json"), CancellationToken.None));
    }
}
