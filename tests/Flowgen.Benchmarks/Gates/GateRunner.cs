using System.Runtime.InteropServices;
using Flowgen.Benchmarks.Nexmark;

namespace Flowgen.Benchmarks.Gates;

/// <summary>Runs the gates one after the other and reports them, met or not.</summary>
public static class GateRunner
{
    private const int Bids = 2_000 * BidLog.BatchSize;

    /// <summary>Runs the gates that the arguments choose.</summary>
    /// <param name="options">What to run, and where the figures go.</param>
    public static void Run(GateOptions options)
    {
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores");
        Lazy<BidLog> log = new(() => new BidLog(Bids));
        List<GateResult> results = [];
        foreach ((string name, Func<BidLog> bids, Func<BidLog, GateResult> run) in Chosen(options, log))
        {
            GateResult result = run(bids());
            Console.WriteLine(GateReport.Line(result));
            results.Add(result);
        }

        if (options.JsonFile is not null) File.WriteAllText(options.JsonFile, GateReport.Json(results));
    }

    private static IEnumerable<(string Name, Func<BidLog> Bids, Func<BidLog, GateResult> Run)> Chosen(GateOptions options, Lazy<BidLog> log) =>
        OperatorGates.All
            .Select(gate => (gate.Name, (Func<BidLog>)(() => log.Value), (Func<BidLog, GateResult>)gate.Run))
            .Where(gate => gate.Name.Contains(options.Filter, StringComparison.OrdinalIgnoreCase));
}
