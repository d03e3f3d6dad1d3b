using Flowgen.Log.Files;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>Crashes a scenario at each of its operations and in each way, and says which restarts are wrong.</summary>
internal sealed class CrashCheck
{
    private readonly Func<SimulatedFileSystem, Scenario> _create;
    private readonly Func<SimulatedFileSystem, IFileSystem> _seenByTheLog;
    private readonly List<string> _images;
    private readonly int _operations;

    /// <summary>Runs the scenario once to the end, to count its operations.</summary>
    /// <param name="create">Makes the scenario on a disk.</param>
    /// <param name="seenByTheLog">The disk as recovery sees it; with a bug, for instance.</param>
    public CrashCheck(Func<SimulatedFileSystem, Scenario> create, Func<SimulatedFileSystem, IFileSystem>? seenByTheLog = null)
    {
        _create = create;
        _seenByTheLog = seenByTheLog ?? (files => files);
        var files = new SimulatedFileSystem();
        var whole = create(files);
        whole.Run();
        _images = whole.Images;
        _operations = files.Operations;
    }

    public int Operations => _operations;

    public int States { get; private set; }

    /// <summary>What is wrong after crashes, the first few of it.</summary>
    public IEnumerable<string> Violations(int seeds, IReadOnlyCollection<Loss> losses) =>
        from crashAt in Enumerable.Range(0, _operations + 1)
        from violation in ViolationsAt(crashAt, seeds, losses)
        select violation;

    private IEnumerable<string> ViolationsAt(int crashAt, int seeds, IReadOnlyCollection<Loss> losses)
    {
        var files = new SimulatedFileSystem { CrashAt = crashAt };
        var scenario = _create(files);
        RunUntilItEnds(scenario, files);
        foreach (var loss in losses)
        {
            bool isRandom = loss is not (Loss.Everything or Loss.Nothing or Loss.DirectoryEntries or Loss.Renames);
            for (int seed = 0; seed < (isRandom ? seeds : 1); seed++)
            {
                States++;
                if (Check(files.Restart(loss, seed), scenario.Acknowledged, crashAt + seed) is { } wrong)
                    yield return $"crash at operation {crashAt} of {_operations}, loss {loss}, seed {seed}: {wrong}";
            }
        }
    }

    private static void RunUntilItEnds(Scenario scenario, SimulatedFileSystem files)
    {
        try
        {
            scenario.Run();
        }
        catch (Exception e) when (files.HasCrashed && e is SimulatedCrashException or FlowLogException or IOException)
        {
            return; // the machine is off
        }
    }

    // A commit that was under way when the machine crashed is there or not; everything before it is there.
    private string? Check(SimulatedFileSystem files, int acknowledged, int seed)
    {
        try
        {
            files = CrashDuringRecovery(files, seed);
            string image;
            using (var log = Scenario.Open(_seenByTheLog(files)))
            {
                image = LogImage.Of(log);
                log.EnsureTopic("after", new TopicSettings());
            }

            using (var log = Scenario.Open(_seenByTheLog(files)))
            {
                if (!log.Recovery.WasClosedCleanly || log.ListTopics().All(t => t.Name != "after"))
                    return "the log did not go on after its recovery";
            }

            int last = Math.Min(acknowledged + 1, _images.Count - 1);
            return image == _images[acknowledged] || image == _images[last]
                ? null
                : $"{acknowledged} commits were acknowledged, but the log holds\n{image}\ninstead of\n{_images[acknowledged]}";
        }
        catch (Exception e) when (e is FlowLogException or IOException)
        {
            return e.Message;
        }
    }

    // Recovery itself is interrupted, too: after as many operations as the seed says.
    private SimulatedFileSystem CrashDuringRecovery(SimulatedFileSystem files, int seed)
    {
        var random = new Random(seed);
        files.CrashAt = random.Next(30);
        try
        {
            using var log = Scenario.Open(_seenByTheLog(files));
        }
        catch (Exception e) when (files.HasCrashed && e is SimulatedCrashException or FlowLogException or IOException)
        {
            return files.Restart((Loss)random.Next(Enum.GetValues<Loss>().Length), seed);
        }

        files.CrashAt = int.MaxValue;
        return files;
    }
}
