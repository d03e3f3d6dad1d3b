using Flowgen.Log.Tests.Cleaning;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Topics;

public class PoisonedTopicsTests
{
    [Fact]
    public void A_log_that_takes_nothing_any_more_says_so_whatever_is_to_become_of_a_topic()
    {
        using var log = new CleaningLog(new TopicSettings());
        log.Roll();
        log.Roll();
        log.Disk.Fault = new Fault(log.Disk.Operations, FaultKind.IoError, ForEver: true);
        Assert.Throws<LogPoisonedException>(() => log.Append("k=2"));

        foreach (var fault in new[] { log.Disk.Fault, Fault.None })
        {
            log.Disk.Fault = fault;
            int operations = log.Disk.Operations;
            Assert.Throws<LogPoisonedException>(() => log.Log.CreateTopic("other", new TopicSettings()));
            Assert.Throws<LogPoisonedException>(() => log.Log.AlterTopic(CleaningLog.Topic, new TopicSettings(Partitions: 3)));
            Assert.Throws<LogPoisonedException>(() => log.Log.DeleteTopic(CleaningLog.Topic));
            Assert.Throws<LogPoisonedException>(() => log.Log.RegisterSchema(CleaningLog.Topic, [1]));
            Assert.Equal(operations, log.Disk.Operations);
        }
    }
}
