using Flowgen.Log.Files;
using Flowgen.TestKit.Simulation;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Simulation;

public class CrashTests(ITestOutputHelper output)
{
    private const string Segment = ".segment";
    private const string Commits = ".commits";
    private const string Temporary = ".tmp";

    private static readonly int[] Regressions = [];

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

    // A seed that has once failed stays among the regressions.
    [Fact]
    public void The_same_holds_for_lives_that_are_drawn_at_random()
    {
        int states = 0;
        var violations = new List<string>();
        foreach (int seed in Regressions.Concat(Enumerable.Range(0, 16 * Scale.Factor)))
        {
            var check = new CrashCheck(RandomScenario.Create(seed, steps: 30));
            violations.AddRange(check.Violations(seeds: 2, Enum.GetValues<Loss>()));
            states += check.States;
        }

        output.WriteLine($"{states} restarts from different disks");
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(3)));
    }

    [Fact]
    public void Without_syncs_nothing_that_was_acknowledged_is_lost_with_the_process()
    {
        var check = new CrashCheck(Scenarios.Steps with { LogOptions = Scenario.Options with { Durability = Durability.OsBuffered } });

        var violations = check.Violations(seeds: 1, Loss.Nothing);

        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    // The harness tests itself: each of these must lose something that was promised.
    public static TheoryData<string> Bugs =>
    [
        "segments are not synced", "commits are not synced", "commits are acknowledged before they are synced", "nothing is synced",
        "a new file is not synced before its rename", "names of segments are not synced", "names of commit files are not synced",
        "names of partitions are not synced", "names of topics are not synced", "names in the root are not synced", "tails are not cut off",
    ];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_caught(string bug)
    {
        var check = new CrashCheck(Scenarios.Steps, files => Plant(bug, files));

        var violations = check.Violations(seeds: 5, Enum.GetValues<Loss>());

        output.WriteLine($"{bug}: {string.Join('\n', violations)}");
        Assert.True(violations.Count > 0, $"{check.States} restarts did not show that {bug}");
    }

    private static PlantedBug Plant(string bug, IFileSystem files) => bug switch
    {
        "segments are not synced" => new PlantedBug(files) { ForgetsSync = EndsWith(Segment) },
        "commits are not synced" => new PlantedBug(files) { ForgetsSync = EndsWith(Commits) },
        "commits are acknowledged before they are synced" => new PlantedBug(files) { SyncsLate = EndsWith(Commits) },
        "nothing is synced" => new PlantedBug(files) { ForgetsSync = _ => true },
        "a new file is not synced before its rename" => new PlantedBug(files) { ForgetsSync = EndsWith(Temporary) },
        "names of segments are not synced" => new PlantedBug(files) { ForgetsSync = path => path.StartsWith("/log/topics/orders/", StringComparison.Ordinal) && !path.EndsWith(Segment, StringComparison.Ordinal) },
        "names of commit files are not synced" => new PlantedBug(files) { ForgetsSync = path => path == "/log/commits" },
        "names of partitions are not synced" => new PlantedBug(files) { ForgetsSync = path => path == "/log/topics/orders" },
        "names of topics are not synced" => new PlantedBug(files) { ForgetsSync = path => path == "/log/topics" },
        "names in the root are not synced" => new PlantedBug(files) { ForgetsSync = path => path == "/log" },
        "tails are not cut off" => new PlantedBug(files) { ForgetsTruncate = true },
        _ => throw new ArgumentOutOfRangeException(nameof(bug), bug, "There is no such bug."),
    };

    private static Func<string, bool> EndsWith(string suffix) => path => path.EndsWith(suffix, StringComparison.Ordinal);
}
