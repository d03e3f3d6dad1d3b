namespace Flowgen.Log.Tests.Cleaning;

/// <summary>A topic is deleted, and another one of its name takes its place, while compaction is in the middle of it.</summary>
public class DeletionUnderCompactionTests
{
    private static readonly TopicSettings Compacted = new(Cleanup: TopicCleanup.Compact) { MinDirtyRatio = 0 };

    [Fact]
    public void Nothing_is_left_of_the_topic_and_the_log_goes_on()
    {
        for (int at = 0; DeletedAt(at, created: false); at++)
            continue;
    }

    [Fact]
    public void The_next_topic_of_that_name_has_nothing_of_it()
    {
        for (int at = 0; DeletedAt(at, created: true); at++)
            continue;
    }

    // False if compaction has fewer operations than that.
    private static bool DeletedAt(int at, bool created)
    {
        using var log = new CleaningLog(Compacted);
        for (int i = 0; i < 6; i++)
            log.Append($"a={i}", $"b={i}", $"c{i}={new string('x', 300)}");
        log.Roll();
        log.Append("end=1");
        int first = log.Disk.Operations;
        bool isDeleted = false;
        log.Disk.BeforeChange = (_, _) =>
        {
            if (isDeleted || log.Disk.Operations - first < at || log.Log.IsChangingTopics)
                return; // who deletes a topic waits while it is changed
            isDeleted = true;
            log.Log.DeleteTopic(CleaningLog.Topic);
            if (created)
                log.Log.CreateTopic(CleaningLog.Topic, Compacted);
        };

        log.Log.Housekeeper.RunOnce();

        log.Disk.BeforeChange = (_, _) => { };
        Assert.False(log.Log.Pipeline.IsPoisoned, $"operation {at}");
        Assert.Empty(log.Log.HousekeepingFailures);
        if (isDeleted && created)
        {
            Assert.Empty(log.Disk.List($"/log/topics/{CleaningLog.Topic}/0"));
            log.Append("a=new");
            log.Reopen();
            Assert.Equal(["0:a=new"], log.Read());
        }
        else if (isDeleted)
        {
            Assert.Empty(log.Disk.List("/log/topics"));
        }

        return isDeleted;
    }
}
