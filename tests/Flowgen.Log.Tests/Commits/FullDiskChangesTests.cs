using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Simulation;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Commits;

/// <summary>
/// A disk that is full for one operation of a change of topics or segments: the change fails without a trace and can be tried again at once,
/// or succeeds; also when it shares its commit with records that are appended before and behind it. Only a failed sync is the end of the log.
/// </summary>
public class FullDiskChangesTests
{
    private static readonly Dictionary<string, Action<FlowLog>> Changes = new()
    {
        ["create"] = log => log.EnsureTopic("new", new TopicSettings(2)),
        ["alter"] = log => log.AlterTopic("t", new TopicSettings(4)),
        ["delete"] = log =>
        {
            if (log.TryDescribeTopic("t", out _))
                log.DeleteTopic("t");
        },
        ["schema"] = log => log.RegisterSchema("t", [1, 2, 3]),
        ["delete records"] = log => log.DeleteRecordsBefore("t", 0, 3),
        ["retention"] = log => log.Housekeeper.RunOnce(),
    };

    public static TheoryData<string> Names => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_change_that_finds_no_room_leaves_nothing_and_can_be_made_again(string change)
    {
        int operations = Run(change, at: int.MaxValue);

        for (int at = 0; at < operations; at++)
            Run(change, at);
    }

    // The operations of the change, and of what is committed with it.
    private static int Run(string change, int at)
    {
        var disk = new SimulatedFileSystem();
        var time = new SteppedTime();
        using var log = Scenario.Open(disk, Scenario.Options with { TimeProvider = time });
        log.CreateTopic("t", new TopicSettings(2, TopicCleanup.Delete, change == "retention" ? TimeSpan.FromHours(1) : null));
        log.CreateTopic("other", new TopicSettings());
        for (int i = 0; i < 5; i++)
            log.Append("t", 0, new string('x', 400));
        time.Advance(TimeSpan.FromHours(2));
        int first = disk.Operations;
        bool mayEnd = false; // what a sync has not made durable is nobody's to try again
        disk.BeforeChange = (operation, path) => mayEnd |= disk.Operations - first == at && MayEnd(operation, path);
        disk.Fault = new Fault(at == int.MaxValue ? at : first + at, FaultKind.NoSpace);

        var (before, behind, failure) = Together(log, Changes[change]);
        int operations = disk.Operations - first;
        disk.Fault = Fault.None;
        if (mayEnd)
            return operations;

        Assert.False(log.Pipeline.IsPoisoned, $"operation {at} of {change} has poisoned the log");
        Assert.True(failure is null or LogWriteException, $"operation {at} of {change}: {failure}");
        Changes[change](log);
        log.Append("other", 0, "z");
        log.Housekeeper.RunOnce();
        Assert.Empty(log.HousekeepingFailures);
        List<string> expected = [.. Committed(before, "a"), .. Committed(behind, "b"), "z"];
        Assert.Equal(expected, log.ReadAll("other", 0));
        AssertChanged(log, change);
        log.Dispose();
        using var again = Scenario.Open(disk, Scenario.Options with { TimeProvider = time });
        Assert.Equal(expected, again.ReadAll("other", 0));
        AssertChanged(again, change);
        return operations;
    }

    private static void AssertChanged(FlowLog log, string change)
    {
        switch (change)
        {
            case "create":
                log.Append("new", 1, "n");
                break;
            case "alter":
                log.Append("t", 3, "n");
                break;
            case "delete":
                Assert.Equal(["other"], log.ListTopics().Select(t => t.Name));
                break;
            case "schema":
                Assert.Equal([1], log.SchemaIds("t"));
                break;
            case "delete records":
                Assert.Equal(2, log.ReadAll("t", 0).Count);
                break;
            case "retention":
                Assert.Equal((5L, 5L), (log.DescribePartition("t", 0).FirstOffset, log.DescribePartition("t", 0).NextOffset));
                break;
        }
    }

    // Both steps run when the change is submitted: all three are written, then they share one commit.
    private static (Task Before, Task Behind, Exception? Failure) Together(FlowLog log, Action<FlowLog> change)
    {
        Task? behind = null;
        var pipeline = log.Pipeline;
        pipeline.RunOnTheCallersThread(CommitMode.Manual);
        var before = Submit(log, "a");
        pipeline.WriteWanted = () =>
        {
            pipeline.WriteWanted = () => { };
            behind ??= Submit(log, "b");
            while (pipeline.WriteNext() || pipeline.CommitNext())
                continue;
            pipeline.RunOnTheCallersThread(CommitMode.Inline);
        };
        var failure = Record.Exception(() => change(log));
        pipeline.RunOnTheCallersThread(CommitMode.Inline);
        while (pipeline.WriteNext() || pipeline.CommitNext())
            continue;
        return (before, behind ?? Task.FromException(new InvalidOperationException("never submitted")), failure);
    }

    private static bool MayEnd(DiskOperation operation, string path) =>
        operation is DiskOperation.Sync or DiskOperation.SyncDirectory || Path.GetFileName(path) == "durable";

    private static IEnumerable<string> Committed(Task commit, string value)
    {
        Assert.True(commit.IsCompletedSuccessfully || commit.Exception?.InnerException is LogWriteException or InvalidOperationException, commit.Exception?.ToString());
        return commit.IsCompletedSuccessfully ? [value] : [];
    }

    private static Task Submit(FlowLog log, string value)
    {
        using var transaction = log.BeginTransaction();
        transaction.Append("other", 0, LogTestExtensions.Batch(value));
        return transaction.CommitAsync().AsTask();
    }
}
