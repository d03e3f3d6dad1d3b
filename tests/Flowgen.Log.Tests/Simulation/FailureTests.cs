using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>
/// A failed write leaves no trace and can be tried again. A failed sync poisons the log: the system has marked the pages clean, so that a
/// later sync would succeed without them. What the reopened log shows must survive a loss of power.
/// </summary>
public class FailureTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Scenarios.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void After_a_failure_of_any_operation_what_the_log_shows_is_on_the_disk(string scenario)
    {
        var check = new FailureCheck(Scenarios.Named(scenario));
        var violations = new List<string>();
        foreach (var fault in check.Faults())
        {
            if (violations.Count < 3 && check.Violation(fault) is { } violation)
                violations.Add(violation);
        }

        output.WriteLine($"{check.Cases} failures, {check.Survived} without consequence");
        Assert.True(violations.Count == 0, string.Join('\n', violations));
        Assert.InRange(check.Survived, check.Cases / 10, check.Cases);
    }
}
