using Flowgen.Log;
using Flowgen.Log.Commits;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Simulation.Tests;

public sealed class CreationTests
{
    private const int Operations = 30;

    // The simulation of apps found a log that was used after its creation had failed at the last sync, and was gone after the next loss of power.
    [Fact]
    public void What_is_committed_after_a_creation_that_failed_survives_a_loss_of_power() => Assert.All(Enumerable.Range(0, Operations), failAt =>
    {
        SimulatedFileSystem disk = new() { FailAt = failAt };
        Exception? failure = Record.Exception(() => Open(disk).EnsureTopic("orders", new TopicSettings()));
        Assert.True(failure is null or IOException or FlowLogException, $"{failure}");
        disk.Fault = Fault.None;
        Open(disk).EnsureTopic("orders", new TopicSettings());

        Assert.True(Open(disk.Restart(Loss.Everything, seed: 0)).TryDescribeTopic("orders", out _));
    });

    private static FlowLog Open(SimulatedFileSystem disk) => FlowLog.Open("/log", new FlowLogOptions(), new AfterKill(disk), CommitMode.Inline);
}
