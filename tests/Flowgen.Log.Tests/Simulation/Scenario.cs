using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>A life of a small log, in which each commit is noted: what the log holds after it, and whether it was acknowledged.</summary>
internal abstract class Scenario
{
    private const string Directory = "/log";

    public static FlowLogOptions Options { get; } = new() { SegmentBytes = 1024, TimeProvider = new FixedTime() };

    /// <summary>What the log held after each commit; the first is the empty log.</summary>
    public List<string> Images { get; } = [""];

    /// <summary>Commits that were acknowledged.</summary>
    public int Acknowledged { get; protected set; }

    public abstract void Run();

    public static FlowLog Open(IFileSystem files, FlowLogOptions? options = null) => FlowLog.Open(Directory, options ?? Options, files, CommitMode.Inline);

    /// <summary>A transaction: several batches for one partition, sometimes one for the other, and the offset of a group.</summary>
    protected static LogTransaction Transaction(FlowLog log, int number)
    {
        var transaction = log.BeginTransaction();
        transaction.Append("orders", 0, LogTestExtensions.Batch($"a{number}", new string('x', 100 + (number * 10))));
        transaction.Append("orders", 0, LogTestExtensions.Batch($"b{number}"));
        if (number % 2 == 0)
            transaction.Append("orders", 1, LogTestExtensions.Batch($"c{number}", new string('y', 300)));
        transaction.SetOffset("group", "orders", 1, number, $"watermark {number}");
        return transaction;
    }
}
