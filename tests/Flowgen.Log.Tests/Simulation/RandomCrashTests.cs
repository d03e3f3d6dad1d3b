using Flowgen.TestKit.Simulation;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>Lives of a log that are drawn at random: every crash, and a part of the failures.</summary>
public class RandomCrashTests(ITestOutputHelper output)
{
    private const int Lives = 6;

    /// <summary>Which part of the failures of a life is tried.</summary>
    private static int OneInSoMany => Scale.Factor > 1 ? 5 : 15;

    // Seeds that have once failed.
    private static readonly int[] Regressions = [];

    [Fact]
    public void After_a_crash_at_any_operation_everything_that_was_acknowledged_is_there()
    {
        int states = 0;
        var violations = new List<string>();
        foreach (int seed in Seeds())
        {
            var check = new CrashCheck(RandomScenario.Create(seed, steps: 30));
            violations.AddRange(check.Violations(seeds: 2, Enum.GetValues<Loss>()));
            states += check.States;
        }

        output.WriteLine($"{states} restarts from different disks");
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(3)));
    }

    [Fact]
    public void After_a_failure_of_an_operation_what_the_log_shows_is_on_the_disk()
    {
        int cases = 0;
        var violations = new List<string>();
        foreach (int seed in Seeds())
        {
            var check = new FailureCheck(RandomScenario.Create(seed, steps: 20));
            violations.AddRange(check.Faults().Where((_, i) => (i + seed) % OneInSoMany == 0).Select(check.Violation).OfType<string>());
            cases += check.Cases;
        }

        output.WriteLine($"{cases} failures");
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(3)));
    }

    private static IEnumerable<int> Seeds() => Regressions.Concat(Enumerable.Range(0, Lives * Scale.Factor));
}
