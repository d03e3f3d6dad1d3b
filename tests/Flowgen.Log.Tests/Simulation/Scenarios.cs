namespace Flowgen.Log.Tests.Simulation;

/// <summary>The lives that are crashed and failed at each operation.</summary>
internal static partial class Scenarios
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

    /// <summary>Topics change and go and come again; old records expire, with the whole of a partition; keys are compacted, tombstones go.</summary>
    public static Scenario Cleaning { get; } = new(
        "cleaning",
        [
            Take.Create("keyed", Keyed),
            Take.Create("brief", new TopicSettings(Retention: TimeSpan.FromHours(1))),
            .. Enumerable.Range(0, 5).Select(KeyedRecords),
            Take.Housekeep(TimeSpan.FromMinutes(10)),
            Take.Append("brief", 0, new ModelRecord("a", new string('x', 900)), new ModelRecord("b", "2")),
            Take.Append("brief", 0, new ModelRecord("a", "3")),
            Take.SetOffset("group", "brief", 0, 2),
            Take.Housekeep(TimeSpan.FromMinutes(10)),
            Take.Append("brief", 0, new ModelRecord("a", "4")),
            .. Enumerable.Range(5, 4).Select(KeyedRecords),
            Take.Alter("brief", new TopicSettings(Partitions: 2, Retention: TimeSpan.FromHours(2)) { SegmentBytes = 2048 }),
            Take.Append("brief", 1, new ModelRecord("c", "5")),
            Take.Kill,
            Take.Housekeep(TimeSpan.FromHours(1)),
            Take.Delete("brief"),
            Take.Create("brief", new TopicSettings()),
            Take.Append("brief", 0, new ModelRecord("d", "6")),
            Take.Close,
            .. Enumerable.Range(9, 4).Select(KeyedRecords),
            Take.Housekeep(TimeSpan.FromHours(1)),
            Take.DeleteBefore("keyed", 0, 10),
            Take.Append("keyed", 0, new ModelRecord("last", "1")),
            Take.Housekeep(TimeSpan.FromHours(1)),
            Take.Delete("keyed"),
        ]);

    /// <summary>Batches that are sent again after a crash, by two producers, plain and compressed.</summary>
    public static Scenario Stamped { get; } = WithStamps(ScenarioBugs.None);

    public static IReadOnlyList<Scenario> All => [Steps, Pipelined, Grouped, Large, Synced, Rotating, Cleaning, Stamped, Expiring, Shared, BackedUp];

    public static Scenario Named(string name) => All.First(s => s.Name == name);

    /// <summary>The scenario of stamped batches.</summary>
    /// <param name="bugs">What goes wrong in it.</param>
    public static Scenario WithStamps(ScenarioBugs bugs) => new(
        "stamped",
        [
            Take.Create(Orders, new TopicSettings(Partitions: 2) { Compression = TopicCompression.Lz4 }),
            Take.Create("small", new TopicSettings { Compression = TopicCompression.Zstd }),
            .. Enumerable.Range(0, 6).Select(i => StampedBatches(i, bugs)),
            Take.Kill,
            .. Enumerable.Range(6, 3).Select(i => StampedBatches(i, bugs)),
            Take.Append(Orders, 0, new ModelRecord("plain", new string('p', 500))),
            Take.Close,
            .. Enumerable.Range(9, 3).Select(i => StampedBatches(i, bugs)),
        ])
    { LogOptions = Scenario.Options with { JournalBelowBytes = 300, JournalFileBytes = 1500 } };

    /// <summary>The scenario of transactions with offsets.</summary>
    /// <param name="bugs">What goes wrong in it.</param>
    public static Scenario WithOffsets(ScenarioBugs bugs) => new(
        "offsets",
        [Take.Create(Orders, new TopicSettings()), .. Enumerable.Range(0, 3).Select(i => Take.Transaction(new TransactionContent { Bugs = bugs }.Append(Orders, 0, new ModelRecord("k", $"{i}")).SetOffset("group", Orders, 0, i)))]);

    /// <summary>The scenario of records that are too young to go.</summary>
    /// <param name="bugs">What goes wrong in it.</param>
    public static Scenario WithYoungRecords(ScenarioBugs bugs) => new(
        "young",
        [
            Take.Create(Orders, new TopicSettings(Retention: TimeSpan.FromHours(1))),
            .. Enumerable.Range(0, 4).Select(i => Take.Append(Orders, 0, new ModelRecord("k", new string('y', 600), Timestamp: new LogModel().Now.ToUnixTimeMilliseconds() + i))),
            Take.Housekeep(TimeSpan.FromMinutes(10)),
        ])
    { Bugs = bugs };

    private static Step StampedBatches(int number, ScenarioBugs bugs) => Take.Stamped(new TransactionContent { Bugs = bugs }
        .Append(Orders, number % 2, new ProducerStamp(7, 0, number / 2 * 2), new ModelRecord("a", $"{number}"), new ModelRecord("b", new string('b', 150 * (number % 4))))
        .Append("small", 0, new ProducerStamp(8, 1, number), new ModelRecord("c", $"{number}")));

    private static TopicSettings Keyed => new(Cleanup: TopicCleanup.Compact) { MinDirtyRatio = 0, TombstoneRetention = TimeSpan.FromHours(1) };

    private static Step KeyedRecords(int number) => Take.Append(
        "keyed",
        0,
        new ModelRecord($"k{number % 3}", $"{number}"),
        new ModelRecord($"k{number % 5}", new string('v', 100 + (number * 20)), Timestamp: number, Headers: " h:1"),
        new ModelRecord($"k{number % 4}", number % 3 == 0 ? null : $"{number}"));

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
