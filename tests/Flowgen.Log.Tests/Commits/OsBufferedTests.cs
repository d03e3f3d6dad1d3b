using System.Globalization;
using Flowgen.Log.Storage;
using Flowgen.Log.Tests.Simulation;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Commits;

/// <summary>Without syncs a loss of power takes commits, but it takes the last ones, whole, and the log opens.</summary>
public class OsBufferedTests(ITestOutputHelper output)
{
    private const int Commits = 14;
    private static readonly FlowLogOptions Options = Scenario.Options with { Durability = Durability.OsBuffered };

    [Fact]
    public void After_a_loss_of_power_the_log_holds_the_first_commits_and_says_how_many_of_the_others_it_has_found()
    {
        int restarts = 0;
        int withLosses = 0;
        int operations = Operations();
        for (int crashAt = 0; crashAt <= operations; crashAt++)
        {
            var disk = new SimulatedFileSystem { CrashAt = crashAt };
            RunUntilItEnds(disk);
            foreach (var loss in Enum.GetValues<Loss>())
            {
                for (int seed = 0; seed < 3 * Scale.Factor; seed++, restarts++)
                    withLosses += Check(disk.Restart(loss, seed), loss) > 0 ? 1 : 0;
            }
        }

        output.WriteLine($"{restarts} restarts, {withLosses} found commits that had lost their data");
        Assert.InRange(withLosses, 1, restarts);
    }

    [Fact]
    public void A_segment_is_needed_where_the_log_ends_before_the_commit_that_dropped_it()
    {
        int end = 0;
        int start = 0;
        Run(new SimulatedFileSystem(), onDeletion: (disk, isDone) => (isDone ? ref end : ref start) = disk.Operations);
        int found = 0;
        for (int crashAt = start; crashAt <= end; crashAt++)
        {
            var disk = new SimulatedFileSystem { CrashAt = crashAt };
            RunUntilItEnds(disk);
            for (int seed = 0; seed < 150 * Scale.Factor; seed++)
                found += Check(disk.Restart(Loss.Suffix, seed), Loss.Suffix) > 0 ? 1 : 0;
        }

        Assert.InRange(found, 1, int.MaxValue);
    }

    [Fact]
    public void What_was_deleted_does_not_come_back_missing()
    {
        var disk = new SimulatedFileSystem();
        var log = Scenario.Open(disk, Options);
        log.CreateTopic("t", new TopicSettings());
        for (int i = 0; i < 6; i++)
            log.Append("t", 0, new string('x', 800));
        log.DeleteRecordsBefore("t", 0, 4);

        using var again = Scenario.Open(disk.Restart(Loss.Everything, seed: 0), Options);

        Assert.Equal((4L, 6L), (again.DescribePartition("t", 0).FirstOffset, again.DescribePartition("t", 0).NextOffset));
    }

    private static int Operations()
    {
        var disk = new SimulatedFileSystem();
        Run(disk);
        return disk.Operations;
    }

    private static void RunUntilItEnds(SimulatedFileSystem disk)
    {
        try
        {
            Run(disk);
        }
        catch (Exception e) when (disk.HasCrashed && e is SimulatedCrashException or FlowLogException or IOException)
        {
            return; // the machine is off
        }
    }

    private static void Run(SimulatedFileSystem disk, Action<SimulatedFileSystem, bool>? onDeletion = null)
    {
        var log = Scenario.Open(disk, Options);
        log.CreateTopic("t", new TopicSettings(Partitions: 2));
        for (int i = 0; i < Commits; i++)
        {
            using var transaction = log.BeginTransaction();
            string value = i.ToString(CultureInfo.InvariantCulture);
            transaction.Append("t", 0, LogTestExtensions.Batch(value, new string('x', 150)));
            transaction.Append("t", 1, LogTestExtensions.Batch(value));
            transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
            if (i != Commits / 2)
                continue;
            onDeletion?.Invoke(disk, false);
            log.DeleteRecordsBefore("t", 0, 12);
            onDeletion?.Invoke(disk, true);
        }

        log.Dispose();
    }

    private static long Check(SimulatedFileSystem disk, Loss loss)
    {
        var former = Segments(disk);
        using var log = Scenario.Open(disk, Options);
        if (loss == Loss.Nothing)
            Assert.Equal(0, log.Recovery.LostCommits);
        if (log.ListTopics().Count == 0)
            return log.Recovery.LostCommits;
        var second = log.ReadAll("t", 1);
        Assert.Equal(Enumerable.Range(0, second.Count).Select(i => i.ToString(CultureInfo.InvariantCulture)), second);
        Assert.Equal(2 * second.Count, log.DescribePartition("t", 0).NextOffset);
        Assert.Equal(second.Skip((int)log.DescribePartition("t", 0).FirstOffset / 2), log.ReadAll("t", 0).Where(v => v.Length < 100));
        if (log.Recovery.LostCommits > 0)
            AssertNothingIsThrownAway(log, disk, former);
        log.Append("t", 1, "after");
        return log.Recovery.LostCommits;
    }

    // What is behind the first lost commit is in the segments no more, and kept aside.
    private static void AssertNothingIsThrownAway(FlowLog log, SimulatedFileSystem disk, Dictionary<string, long> former)
    {
        var now = Segments(disk);
        foreach (var (path, length) in former)
        {
            int partition = path.Contains("/t/0/", StringComparison.Ordinal) ? 0 : 1;
            if (LogLayout.NumberIn(Path.GetFileName(path), LogLayout.SegmentSuffix) < log.DescribePartition("t", partition).FirstOffset)
                continue; // dropped by a commit that is not lost
            long kept = now.GetValueOrDefault(path) + disk.Entries.Where(e => e.Path.StartsWith(path + ".", StringComparison.Ordinal) && log.Recovery.TornFiles.Contains(e.Path)).Sum(e => e.Content!.Length);
            Assert.Equal(length, kept);
        }
    }

    private static Dictionary<string, long> Segments(SimulatedFileSystem disk) =>
        disk.Entries.Where(e => e.Path.EndsWith(LogLayout.SegmentSuffix, StringComparison.Ordinal)).ToDictionary(e => e.Path, e => e.Content!.Length);
}
