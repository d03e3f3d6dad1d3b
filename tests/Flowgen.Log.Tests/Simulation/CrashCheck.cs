using Flowgen.Log.Files;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>Crashes a scenario before each of its operations and in each way, and says which restarts are wrong.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="plant">The disk as the log sees it; with a bug, for instance.</param>
internal sealed class CrashCheck(Scenario scenario, Func<IFileSystem, IFileSystem>? plant = null)
{
    private const int MostViolations = 3;
    private readonly HashSet<(ulong Disk, int Step, int Possible)> _states = [];
    private readonly List<string> _violations = [];

    /// <summary>Operations that change the disk.</summary>
    public int Operations { get; private set; }

    /// <summary>Restarts from states that differ.</summary>
    public int States => _states.Count;

    /// <summary>What is wrong after crashes, the first few of it.</summary>
    public IReadOnlyList<string> Violations(int seeds, params IReadOnlyCollection<Loss> losses)
    {
        var disk = new SimulatedFileSystem();
        var run = new ScenarioRun(scenario, disk, plant);
        disk.BeforeChange = (operation, path) => Check(run, $"{operation} of {path}", seeds, losses);
        try
        {
            run.Run();
            Check(run, "the end", seeds, losses);
        }
        catch (Exception e) when (e is FlowLogException or IOException)
        {
            _violations.Add($"without any crash, at step {run.Taken} '{run.Current.Name}': {e.Message}");
        }

        Operations = disk.Operations;
        return _violations;
    }

    private void Check(ScenarioRun run, string before, int seeds, IReadOnlyCollection<Loss> losses)
    {
        foreach (var loss in losses)
        {
            bool isRandom = loss is not (Loss.Everything or Loss.Nothing or Loss.DirectoryEntries or Loss.Renames);
            for (int seed = 0; seed < (isRandom ? seeds : 1) && _violations.Count < MostViolations; seed++)
            {
                var disk = run.Disk.Restart(loss, seed);
                if (_states.Add((DiskHash.Of(disk), run.Taken, run.Possible.Count)) && RestartCheck.Check(run, disk, run.Disk.Operations + seed) is { } wrong)
                    _violations.Add($"{scenario.Name}: crash at step {run.Taken} '{run.Current.Name}', operation {run.Disk.Operations}, before {before}, loss {loss}, seed {seed}: {wrong}");
            }
        }
    }
}
