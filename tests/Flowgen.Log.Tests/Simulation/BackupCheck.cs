using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>Says what is wrong with the backups on a disk.</summary>
internal static class BackupCheck
{
    /// <summary>
    /// What is wrong, or null. A backup that has ended is whole, whatever became of the log; one that is under way, or has failed, is no log or
    /// whole.
    /// </summary>
    /// <param name="run">The run; what it may hold is what there may be.</param>
    /// <param name="disk">The disk.</param>
    /// <param name="restores">Whether to restore each backup, too.</param>
    public static string? Violation(ScenarioRun run, SimulatedFileSystem disk, bool restores)
    {
        foreach (var (directory, held) in run.Possible[^1].Backups)
        {
            if (Violation(disk, directory, held, restores, run.Acknowledged.Backups.ContainsKey(directory)) is { } wrong)
                return $"backup {directory}: {wrong}";
        }

        return null;
    }

    private static string? Violation(SimulatedFileSystem disk, string directory, LogModel held, bool restores, bool hasEnded)
    {
        try
        {
            if (FlowLog.Verify(directory, disk).Findings.FirstOrDefault(f => f.IsDefect) is { } defect)
                return $"{defect.Check} in {defect.Path}: {defect.Message}";
        }
        catch (LogFormatException e)
        {
            return hasEnded ? e.Message : null;
        }

        using (var backup = FlowLog.OpenReadOnly(directory, Scenario.Options, disk))
        {
            if (ModelDifference.Between(held, LogContent.Of(backup)) is { } difference)
                return difference;
        }

        return restores ? ViolationOfRestored(disk, directory, held) : null;
    }

    private static string? ViolationOfRestored(SimulatedFileSystem disk, string directory, LogModel held)
    {
        string restored = directory + "-restored";
        FlowLog.Restore(directory, restored, disk);
        using var log = Scenario.Open(restored, disk);
        return ModelDifference.Between(held, LogContent.Of(log)) is { } difference ? $"restored: {difference}" : null;
    }
}
