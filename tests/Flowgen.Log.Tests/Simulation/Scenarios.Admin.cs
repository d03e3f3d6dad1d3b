namespace Flowgen.Log.Tests.Simulation;

/// <content>Lives in which records expire, groups and producers come and go, and backups are made.</content>
internal static partial class Scenarios
{
    private static readonly long Start = new LogModel().Now.ToUnixTimeMilliseconds();

    /// <summary>
    /// Time passes: segments of several index entries are indexed, expire one after the other and at last all together; keys are compacted, and
    /// their tombstones go, with the whole of what a segment held.
    /// </summary>
    public static Scenario Expiring { get; } = new(
        "expiring",
        [
            Take.Create("brief", new TopicSettings(Retention: TimeSpan.FromHours(1)) { SegmentBytes = 12 << 10 }),
            Take.Create("keyed", Keyed),
            Take.Create("both", Keyed with { Cleanup = TopicCleanup.CompactAndDelete, Retention = TimeSpan.FromHours(2) }),
            .. Enumerable.Range(0, 6).Select(i => Brief(i, minute: 0)),
            .. Enumerable.Range(0, 4).Select(i => Changes("keyed", i, minute: 0)),
            .. Enumerable.Range(0, 3).Select(i => Changes("both", i, minute: 0)),
            Take.Housekeep(TimeSpan.FromMinutes(30)),
            .. Enumerable.Range(6, 5).Select(i => Brief(i, minute: 30)),
            Take.Kill,
            Take.Append("both", 0, new ModelRecord("k", new string('b', 900), At(30))),
            Take.Append("keyed", 0, new ModelRecord("k", new string('k', 900), At(30))),
            Take.Housekeep(TimeSpan.FromMinutes(45)),
            Take.Close,
            Take.Append("keyed", 0, new ModelRecord("last", "1", At(75))),
            Take.Housekeep(TimeSpan.FromMinutes(60)),
            Take.Kill,
            Brief(11, minute: 135),
            Take.Append("both", 0, new ModelRecord("last", "2", At(135))),
            Take.Housekeep(TimeSpan.FromMinutes(1)),
        ]);

    /// <summary>Groups commit, and are deleted whole and in part; transactional ids are taken over; the commit files follow one another quickly.</summary>
    public static Scenario Shared { get; } = new(
        "shared",
        [
            Take.Create(Orders, new TopicSettings(Partitions: 2)),
            Take.Create("small", new TopicSettings()),
            Take.SetOffset("one", Orders, 0, 1, "metadata"),
            Take.SetOffset("one", Orders, 1, 2),
            Take.SetOffset("two", "small", 0, 3),
            Take.TakeOver("worker", Orders, 0),
            Take.DeleteGroupOffset("one", Orders, 1),
            Take.DeleteGroup("two"),
            Take.Kill,
            Take.SetOffset("two", Orders, 0, 4),
            Take.TakeOver("worker", Orders, 1),
            Transaction(1),
            Take.DeleteGroup("one"),
            Take.Close,
            Take.TakeOver("other", "small", 0),
            Take.SetOffset("one", "small", 0, 5, "again"),
            Take.DeleteGroupOffset("two", Orders, 0),
            Take.Delete("small"),
            Take.Kill,
            Take.TakeOver("worker", Orders, 0),
            Transaction(2),
        ])
    { LogOptions = Scenario.Options with { JournalFileBytes = 1200 } };

    /// <summary>
    /// Backups are taken while transactions are committed, and outlive what is deleted afterwards. Segments whose bytes are in the commit files
    /// only are in them, and those that are synced.
    /// </summary>
    public static Scenario BackedUp { get; } = new(
        "backed up",
        [
            Take.Create(Orders, new TopicSettings(Partitions: 2)),
            Take.Create("keyed", Keyed with { Compression = TopicCompression.Zstd }),
            Take.SetOffset("group", Orders, 0, 1, "metadata"),
            .. Enumerable.Range(0, 5).Select(Transaction),
            Take.TakeOver("worker", Orders, 0),
            .. Enumerable.Range(0, 3).Select(KeyedRecords),
            Take.Backup("/first", Content(5)),
            Take.Housekeep(TimeSpan.FromMinutes(10)),
            Take.WriteBack,
            Take.DeleteBefore(Orders, 0, 9),
            Take.Kill,
            Transaction(6),
            Take.Backup("/second", Content(7)),
            Take.Delete("keyed"),
            Transaction(8),
            Take.Close,
            Take.DeleteGroup("group"),
        ])
    { LogOptions = Scenario.Options with { JournalBelowBytes = 450, JournalFileBytes = 2500 } };

    private static long At(int minute) => Start + (minute * 60_000);

    private static Step Brief(int number, int minute) => Take.Append("brief", 0, new ModelRecord($"k{number}", new string((char)('a' + number), 2_500), At(minute)));

    // Three keys, of which one is deleted in the end.
    private static Step Changes(string topic, int number, int minute) => Take.Append(
        topic,
        0,
        new ModelRecord("k", $"{number}", At(minute)),
        new ModelRecord("gone", number % 2 == 1 ? null : new string('g', 500), At(minute)),
        new ModelRecord($"k{number % 2}", new string('v', 500), At(minute)));
}
