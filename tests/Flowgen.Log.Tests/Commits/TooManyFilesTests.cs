using Flowgen.Log.Tests.Simulation;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Commits;

/// <summary>A process that has too many files open for a moment cannot open another one. That loses nothing: it is no failed sync.</summary>
public class TooManyFilesTests
{
    private static readonly FlowLogOptions Options = Scenario.Options with { JournalBelowBytes = 450, JournalFileBytes = 1200 };

    [Fact]
    public void Whichever_file_cannot_be_opened_the_log_goes_on()
    {
        int opens = Live(new SimulatedFileSystem());
        Assert.InRange(opens, 20, 10_000);
        int poisoned = 0;
        for (int at = 0; at < opens; at++)
        {
            var disk = new SimulatedFileSystem();
            try
            {
                Live(disk, failOpenAt: at);
            }
            catch (LogPoisonedException e) when (e.Message.Contains("'/log/commits/", StringComparison.Ordinal))
            {
                poisoned++; // a new commit file has its name already: the log must go on there, and with a durable name
                Scenario.Open(disk, Options).Dispose();
                continue;
            }

            using var log = Scenario.Open(disk, Options);
            Assert.True(log.Recovery.WasClosedCleanly, $"open {at}");
            Check(log);
        }

        Assert.InRange(poisoned, 0, opens / 5);
    }

    // Returns how many files were opened since the log was.
    private static int Live(SimulatedFileSystem disk, int failOpenAt = int.MaxValue)
    {
        using var log = Scenario.Open(disk, Options);
        int start = disk.Opens;
        disk.FailOpenAt = failOpenAt == int.MaxValue ? int.MaxValue : start + failOpenAt;
        Twice(() => log.EnsureTopic("t", new TopicSettings(2)));
        Twice(() => log.EnsureTopic("deleted", new TopicSettings()));
        Twice(() => log.Append("deleted", 0, "x"));
        for (int i = 0; i < 12; i++)
        {
            string value = $"{i}:{new string('x', 100 * (i % 5))}";
            Twice(() => log.Append("t", i % 2, value));
            log.Pipeline.WriteBackNext();
        }

        Twice(() => log.DeleteRecordsBefore("t", 0, 3));
        Twice(() => Delete(log));
        log.Housekeeper.RunOnce();
        log.Housekeeper.RunOnce();
        int opens = disk.Opens - start;
        disk.FailOpenAt = int.MaxValue;
        Check(log);
        return opens;
    }

    // What could not be written is written when it is tried again.
    private static void Twice(Action action)
    {
        try
        {
            action();
        }
        catch (LogWriteException)
        {
            action();
        }
    }

    private static void Delete(FlowLog log)
    {
        if (log.TryDescribeTopic("deleted", out _))
            log.DeleteTopic("deleted");
    }

    private static void Check(FlowLog log)
    {
        Assert.Equal("t", Assert.Single(log.ListTopics()).Name);
        Assert.Equal(["6", "8", "10"], log.ReadAll("t", 0).Select(v => v.Split(':')[0]));
        Assert.Equal(["1", "3", "5", "7", "9", "11"], log.ReadAll("t", 1).Select(v => v.Split(':')[0]));
        Assert.Empty(log.HousekeepingFailures);
    }
}
