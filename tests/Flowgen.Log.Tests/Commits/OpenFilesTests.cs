using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Commits;

public class OpenFilesTests
{
    private const int Partitions = 100;

    [Theory]
    [InlineData(Durability.Durable)]
    [InlineData(Durability.OsBuffered)]
    public void Appending_to_many_partitions_opens_as_many_files_as_are_allowed(Durability durability)
    {
        var counting = new CountingFileSystem(new SimulatedFileSystem());
        var options = new FlowLogOptions { MaxOpenFiles = 16, Durability = durability };
        using var log = FlowLog.Open("/log", options, counting, CommitMode.Inline);
        log.CreateTopic("t", new TopicSettings(Partitions));

        for (int i = 0; i < 5 * Partitions; i++)
            log.Append("t", i % 3 == 0 ? 7 : i % Partitions, $"{i}"); // one of them all the time

        // Those that are appended to, those whose bytes are not durable by themselves, one that is being opened, and the commit files.
        Assert.InRange(counting.MostOpen, 16, (2 * 16) + 8);
        Assert.Equal(5 * Partitions, Enumerable.Range(0, Partitions).Sum(p => log.ReadAll("t", p).Count));
    }
}
