using Flowgen.TestKit.Simulation;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Simulation;

public class CrashTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Scenarios.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void After_a_crash_at_any_operation_the_log_holds_a_committed_prefix_with_everything_that_was_acknowledged(string scenario)
    {
        var check = new CrashCheck(Scenarios.Named(scenario));

        var violations = check.Violations(seeds: 14 * Scale.Factor, Enum.GetValues<Loss>());

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
}
