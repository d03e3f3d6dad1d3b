using Flowgen.Log.Files;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>Lets operations of a scenario fail, and says where the log did not do what it promises then.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="plant">The disk as the log sees it; with a bug, for instance.</param>
internal sealed class FailureCheck(Scenario scenario, Func<IFileSystem, IFileSystem>? plant = null)
{
    // Half of the programs take a step once more that has failed, the others close the log.
    private bool GivesUp => (Cases + (Cases / 8)) % 2 == 0;

    /// <summary>Failures tried.</summary>
    public int Cases { get; private set; }

    /// <summary>Cases in which the log went on to the end without being opened again.</summary>
    public int Survived { get; private set; }

    /// <summary>
    /// Every operation that fails: alone in every way, and with all that follow in two ways, which take turns (in the long run in every way).
    /// Ways that come to the same at an operation count once: only writes can be short, only a sync can lose what was written.
    /// </summary>
    public IEnumerable<Fault> Faults()
    {
        var operations = Operations();
        for (int at = 0; at < operations.Count; at++)
        {
            foreach (var kind in Enum.GetValues<FaultKind>())
            {
                if (Differs(kind, operations[at]))
                    yield return new Fault(at, kind);
                if (Scale.Factor > 1 || (at + (int)kind) % 2 == 0)
                    yield return new Fault(at, kind, ForEver: true);
            }
        }
    }

    private List<DiskOperation> Operations()
    {
        var operations = new List<DiskOperation>();
        var disk = new SimulatedFileSystem { BeforeChange = (operation, _) => operations.Add(operation) };
        new ScenarioRun(scenario, disk, plant).Run();
        return operations;
    }

    private static bool Differs(FaultKind kind, DiskOperation operation) => kind switch
    {
        FaultKind.ShortWrite => operation == DiskOperation.Write,
        FaultKind.IoErrorThatForgets => operation == DiskOperation.Sync,
        _ => true,
    };

    /// <summary>What is wrong if an operation fails, or null.</summary>
    public string? Violation(Fault fault)
    {
        Cases++;
        var disk = new SimulatedFileSystem { Fault = fault };
        var run = new ScenarioRun(scenario, disk, plant);
        string? wrong;
        try
        {
            wrong = GoOn(run) ?? AfterALossOfPower(run) ?? AfterwardsAllIsDurable(run);
        }
        catch (FlowLogException e)
        {
            wrong = $"it does not open any more: {e.Message}";
        }

        return wrong is null ? null : $"{scenario.Name}: {fault}, step {run.Taken} '{run.Current.Name}': {wrong}";
    }

    // A step whose write failed can be taken once more, as the log says; if the disk fails for ever, when it has been repaired.
    private string? GoOn(ScenarioRun run)
    {
        if (!Opens(run))
            return null;
        while (!run.IsDone)
        {
            try
            {
                run.TakeNext();
            }
            catch (LogWriteException e)
            {
                if (run.Current.Effects.Count > 0 && run.Log.Pipeline.IsPoisoned) // otherwise it is the former log
                    return $"'{e.Message}' says that it may be tried again, in a log that takes nothing any more";
                if (Reads(run) is { } wrong)
                    return $"after '{e.Message}' {wrong}";
                run.Disk.Fault = Fault.None;
                if (GivesUp && run.Current.Effects.Count > 0) // otherwise the step was to open the log
                    break;
                if (run.Disk.ASyncHasFailed || !MayBeTakenAgain(run))
                    return null;
            }
            catch (Exception e) when (e is FlowLogException or IOException)
            {
                return StaysPoisoned(run, e);
            }
        }

        return Closes(run) ? Count() : null;
    }

    private string? Count()
    {
        Survived++;
        return null;
    }

    private static bool Opens(ScenarioRun run)
    {
        try
        {
            run.Open();
            return true;
        }
        catch (Exception e) when (e is FlowLogException or IOException)
        {
            return false;
        }
    }

    private static bool Closes(ScenarioRun run)
    {
        try
        {
            run.Log.Dispose();
            return true;
        }
        catch (Exception e) when (e is FlowLogException or IOException)
        {
            return false;
        }
    }

    private static string? Reads(ScenarioRun run) =>
        ModelDifference.Between(run.Acknowledged, LogContent.Of(run.Log)) is { } difference ? $"the log shows something else: {difference}" : null;

    // Steps of several commits of which some are done cannot be taken again as a whole.
    private static bool MayBeTakenAgain(ScenarioRun run) => run.Possible.Count == run.Current.Effects.Count + 1 && run.Current.Effects.Count <= 1;

    // Whoever is not told to try again is not told that anything worked either.
    private static string? StaysPoisoned(ScenarioRun run, Exception cause)
    {
        if (cause is not LogPoisonedException)
            return null;
        if (GoOnChangingFiles(run) is { } wrong)
            return wrong;
        try
        {
            new TransactionContent().SetOffset("g", run.Log.ListTopics(includeInternal: true)[0].Name, 0, 1).Submit(run.Log).GetAwaiter().GetResult();
            return $"after '{cause.Message}' a commit is acknowledged";
        }
        catch (Exception e) when (e is LogPoisonedException or ObjectDisposedException) // it may have ended when it was closed
        {
            return null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null; // there is no topic yet
        }
    }

    // The disk works again, and the program and the background thread do not know better: what a commit of unknown outcome names must stay.
    private static string? GoOnChangingFiles(ScenarioRun run)
    {
        run.Disk.Fault = Fault.None;
        run.Log.Housekeeper.RunOnce();
        foreach (string topic in run.Possible.SelectMany(model => model.Topics.Keys).Distinct().Where(topic => !run.Log.TryDescribeTopic(topic, out _)))
        {
            if (Record.Exception(() => run.Log.CreateTopic(topic, new TopicSettings(1))) is not (LogPoisonedException or ObjectDisposedException))
                return $"'{topic}' could be created in a log that takes nothing any more";
        }

        return null;
    }

    // The machine stops at once: what was undone comes back, as far as it was not undone durably.
    private string? AfterALossOfPower(ScenarioRun run)
    {
        var loss = Cases % 3 == 0 ? Loss.Suffix : Loss.RandomSubset;
        var found = Reopen(run, run.Disk.Restart(loss, seed: Cases));
        return run.Find(found, out string? difference) < 0 ? $"after a loss of power ({loss}): {difference}" : null;
    }

    // The process ends, the disk is repaired, the log is opened again; and what it shows then survives a loss of power.
    private static string? AfterwardsAllIsDurable(ScenarioRun run)
    {
        run.Disk.Fault = Fault.None;
        var shown = Reopen(run, run.Disk);
        if (run.Find(shown, out string? difference) < 0)
            return difference;
        var withoutPower = run.Disk.Restart(Loss.Everything, seed: 0);
        if (ModelDifference.Between(shown, Reopen(run, withoutPower)) is { } lost)
            return $"what was shown after the log was opened again is lost with the power: {lost}";
        return BackupCheck.Violation(run, run.Disk, restores: false) ?? BackupCheck.Violation(run, withoutPower, restores: false);
    }

    private static LogModel Reopen(ScenarioRun run, SimulatedFileSystem disk)
    {
        using var log = run.OpenOn(disk);
        return LogContent.Of(log);
    }
}
