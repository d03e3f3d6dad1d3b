using System.Globalization;
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

    private static void Run(SimulatedFileSystem disk)
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
            if (i == Commits / 2)
                log.DeleteRecordsBefore("t", 0, 4);
        }

        log.Dispose();
    }

    private static long Check(SimulatedFileSystem disk, Loss loss)
    {
        using var log = Scenario.Open(disk, Options);
        if (loss == Loss.Nothing)
            Assert.Equal(0, log.Recovery.LostCommits);
        if (log.ListTopics().Count == 0)
            return log.Recovery.LostCommits;
        var second = log.ReadAll("t", 1);
        Assert.Equal(Enumerable.Range(0, second.Count).Select(i => i.ToString(CultureInfo.InvariantCulture)), second);
        Assert.Equal(2 * second.Count, log.DescribePartition("t", 0).NextOffset);
        Assert.Equal(second.Skip((int)log.DescribePartition("t", 0).FirstOffset / 2), log.ReadAll("t", 0).Where(v => v.Length < 100));
        log.Append("t", 1, "after");
        return log.Recovery.LostCommits;
    }
}
