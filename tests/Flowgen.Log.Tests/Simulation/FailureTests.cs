using Flowgen.Log.Files;
using Flowgen.TestKit.Simulation;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Simulation;

public class FailureTests(ITestOutputHelper output)
{
    /// <summary>
    /// A failed write leaves no trace and can be tried again. A failed sync poisons the log: the system has marked the pages clean, so that a
    /// later sync would succeed without them. What the reopened log shows must survive a loss of power.
    /// </summary>
    [Fact]
    public void After_a_failure_of_any_operation_what_the_log_shows_is_on_the_disk()
    {
        int survived = 0;
        var violations = Violations(files => files, ref survived);

        output.WriteLine($"{violations.Count} failures, {survived} without consequence");
        Assert.DoesNotContain(violations, v => v is not null);
        Assert.InRange(survived, violations.Count / 4, violations.Count);
    }

    // .NET does so: RandomAccess.FlushToDisk returns normally after a failed fsync.
    [Fact]
    public void A_swallowed_failure_of_a_sync_is_caught()
    {
        int survived = 0;
        Assert.Contains(Violations(files => new PlantedBug(files) { SwallowsFailures = true }, ref survived), v => v is not null);
    }

    private static List<string?> Violations(Func<SimulatedFileSystem, IFileSystem> seenByTheLog, ref int survived)
    {
        var whole = new SimulatedFileSystem();
        var expected = new StepScenario(whole, Scenario.Options);
        expected.Run();
        var violations = new List<string?>();
        for (int failAt = 0; failAt < whole.Operations; failAt++)
        {
            var files = new SimulatedFileSystem { FailAt = failAt };
            var scenario = new StepScenario(seenByTheLog(files), Scenario.Options) { TriesAgain = true };
            if (RunsToTheEnd(scenario))
                survived++;
            violations.Add(Check(files, scenario.Acknowledged, expected.Images) is { } wrong ? $"failure of operation {failAt}: {wrong}" : null);
        }

        return violations;
    }

    private static string? Check(SimulatedFileSystem files, int acknowledged, List<string> images)
    {
        try
        {
            string shown = Reopen(files);
            string durable = Reopen(files.Restart(Loss.Everything, seed: 0));
            if (shown != durable)
                return $"the log showed\n{shown}\nafter a loss of power it holds\n{durable}";
            bool isPrefix = shown == images[acknowledged] || shown == images[Math.Min(acknowledged + 1, images.Count - 1)];
            return isPrefix ? null : $"{acknowledged} commits were acknowledged, but the log holds\n{shown}";
        }
        catch (FlowLogException e)
        {
            return e.Message;
        }
    }

    private static bool RunsToTheEnd(StepScenario scenario)
    {
        try
        {
            scenario.Run();
            return true;
        }
        catch (Exception e) when (e is FlowLogException or IOException)
        {
            return false;
        }
    }

    private static string Reopen(SimulatedFileSystem files)
    {
        using var log = Scenario.Open(new AfterKill(files));
        return LogImage.Of(log);
    }
}
