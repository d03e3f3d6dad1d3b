namespace Flowgen.Log.Tests.Simulation;

/// <summary>The lives that are crashed and failed at each operation.</summary>
internal static class Scenarios
{
    private const string Orders = "orders";

    /// <summary>
    /// One commit after the other: topics, batches of one and of several partitions, segments that roll, offsets of groups, a schema, deleted
    /// records, a clean close in between and a kill.
    /// </summary>
    public static Scenario Steps { get; } = new(
        "steps",
        [
            Take.Create(Orders, new TopicSettings(Partitions: 2)),
            Take.RegisterSchema(Orders, 1, 2, 3),
            .. Enumerable.Range(0, 6).Select(Transaction),
            Take.Create("__changelog", new TopicSettings(Partitions: 1, TopicCleanup.Compact)),
            Take.Close,
            .. Enumerable.Range(6, 6).Select(Transaction),
            Take.Abort(Orders, 0, new ModelRecord("k", "aborted")),
            Take.DeleteBefore(Orders, 0, 7),
            Take.Kill,
            .. Enumerable.Range(12, 3).Select(Transaction),
            Take.DeleteBefore(Orders, 0, 12),
        ]);

    /// <summary>Commits that overlap: while the batches of one are synced, those of the next are written, as the two threads of the log do it.</summary>
    public static Scenario Pipelined { get; } = new(
        "pipelined",
        [Take.Create(Orders, new TopicSettings(Partitions: 2)), Take.Overlapping([.. Enumerable.Range(0, 10).Select(Content)])]);

    /// <summary>Transactions that wait for one another and share a commit.</summary>
    public static Scenario Grouped { get; } = new(
        "grouped",
        [
            Take.Create(Orders, new TopicSettings(Partitions: 2)),
            .. Enumerable.Range(0, 5).Select(i => Take.Together([.. Enumerable.Range(i * 4, 4).Select(Content)])),
        ]);

    /// <summary>Batches that are larger than what goes into the commit log.</summary>
    public static Scenario Large { get; } = new(
        "large",
        [
            Take.Create(Orders, new TopicSettings(Partitions: 2)),
            .. Enumerable.Range(0, 4).SelectMany(i => new[] { Take.Append(Orders, 0, new ModelRecord(null, new string((char)('a' + i), 150_000))), Transaction(i) }),
            Take.Kill,
            Take.Append(Orders, 0, new ModelRecord(null, new string('z', 150_000)), new ModelRecord("k", null)),
        ])
    { LogOptions = Scenario.Options with { SegmentBytes = 200_000 } };

    /// <summary>No bytes in the commit log: each segment is synced.</summary>
    public static Scenario Synced { get; } = Steps with { Name = "synced", LogOptions = Scenario.Options with { JournalBelowBytes = 0 } };

    /// <summary>Commit files that follow one another quickly, segments that are synced by one commit and journaled by the next, write-back in between.</summary>
    public static Scenario Rotating { get; } = new(
        "rotating",
        [
            Take.Create(Orders, new TopicSettings(Partitions: 2)),
            .. Enumerable.Range(0, 8).SelectMany(i => i % 3 == 2 ? new[] { Transaction(i), Take.WriteBack } : [Transaction(i)]),
            Take.DeleteBefore(Orders, 0, 9),
            Take.Kill,
            Take.Overlapping([.. Enumerable.Range(8, 6).Select(Content)]),
            Take.WriteBack,
            Take.Close,
            .. Enumerable.Range(14, 3).Select(Transaction),
        ])
    { LogOptions = Scenario.Options with { JournalBelowBytes = 450, JournalFileBytes = 1200 } };

    public static IReadOnlyList<Scenario> All { get; } = [Steps, Pipelined, Grouped, Large, Synced, Rotating];

    public static Scenario Named(string name) => All.First(s => s.Name == name);

    private static Step Transaction(int number) => Take.Transaction(Content(number));

    // Several batches for one partition, sometimes one for the other, and the offset of a group.
    private static TransactionContent Content(int number)
    {
        var content = new TransactionContent()
            .Append(Orders, 0, new ModelRecord(null, $"a{number}"), new ModelRecord($"key{number % 3}", new string('x', 100 + (number * 10)), Timestamp: number, Headers: " h:1"))
            .Append(Orders, 0, new ModelRecord($"key{number % 3}", null, Timestamp: 2_000 - number))
            .SetOffset("group", Orders, 1, number, $"watermark {number}");
        return number % 2 == 0 ? content.Append(Orders, 1, new ModelRecord($"c{number}", new string('y', 300))) : content;
    }
}
