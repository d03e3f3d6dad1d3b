using Flowgen.Log.Storage;
using Flowgen.TestKit.Simulation;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Simulation;

public class CrashTests(ITestOutputHelper output)
{
    private const int Seeds = 4; // ways in which chance takes away what was not synced, for each operation and loss

    public static TheoryData<string> Names => [.. Scenarios.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void After_a_crash_at_any_operation_the_log_holds_a_committed_prefix_with_everything_that_was_acknowledged(string scenario)
    {
        var check = new CrashCheck(Scenarios.Named(scenario));

        var violations = check.Violations(seeds: Seeds * Scale.Factor, Enum.GetValues<Loss>());

        output.WriteLine($"{check.States} restarts from different disks after crashes at {check.Operations} operations");
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    [Fact]
    public void Without_syncs_nothing_that_was_acknowledged_is_lost_with_the_process()
    {
        var check = new CrashCheck(Scenarios.Steps with { LogOptions = Scenario.Options with { Durability = Durability.OsBuffered } });

        var violations = check.Violations(seeds: 1, Loss.Nothing);

        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    // The model says what may be gone; here it is gone, so that the crashes have met it.
    [Fact]
    public void In_the_scenario_of_expiring_records_they_expire()
    {
        var run = new ScenarioRun(Scenarios.Expiring, new SimulatedFileSystem());
        run.Open();
        while (!run.IsDone)
            run.TakeNext();

        var content = LogContent.Of(run.Log);
        Assert.Equal((11, 12), (content.Partition("brief", 0).FirstOffset, content.Partition("brief", 0).NextOffset));
        Assert.Equal(["k0", "k1", "k", "last"], content.Partition("keyed", 0).Records.Select(r => r.Key));
        Assert.Equal(["k", "last"], content.Partition("both", 0).Records.Select(r => r.Key));
        Assert.True(content.Partition("both", 0).FirstOffset > 0);
        Assert.Contains(run.Disk.Entries, e => e.Path.EndsWith(LogLayout.IndexSuffix, StringComparison.Ordinal));
    }
}
