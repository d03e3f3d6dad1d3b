using Flowgen.Log.Files;
using Flowgen.Log.Storage;
using Flowgen.TestKit.Simulation;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>The harness tests itself: each of these bugs must lose, double or hide something that was promised.</summary>
public class PlantedBugTests(ITestOutputHelper output)
{
    private const string Segment = LogLayout.SegmentSuffix;
    private const string Commits = LogLayout.CommitsSuffix;

    /// <summary>Bugs that a crash brings to light: the scenario, and the disk as the log then uses it.</summary>
    private static readonly Dictionary<string, (Scenario Scenario, Func<IFileSystem, IFileSystem> Plant)> AtCrashes = new()
    {
        ["no fsync"] = (Scenarios.Steps, files => new PlantedBug(files) { ForgetsSync = _ => true }),
        ["no fsync of segments before the commit"] = (Scenarios.Synced, files => new PlantedBug(files) { ForgetsSync = EndsWith(Segment) }),
        ["no fsync of segments in the background"] = (Scenarios.Rotating, files => new PlantedBug(files) { ForgetsSync = EndsWith(Segment) }),
        ["no fsync of commits"] = (Scenarios.Steps, files => new PlantedBug(files) { ForgetsSync = EndsWith(Commits) }),
        ["no fsync before a rename"] = (Scenarios.Steps, files => new PlantedBug(files) { ForgetsSync = EndsWith(FileSystems.TemporarySuffix) }),
        ["no directory fsync"] = (Scenarios.Steps, files => new PlantedBug(files) { ForgetsDirectories = true }),
        ["no directory fsync for segments"] = (Scenarios.Steps, files => new PlantedBug(files) { ForgetsSync = path => path.StartsWith("/log/topics/orders/", StringComparison.Ordinal) && !path.EndsWith(Segment, StringComparison.Ordinal) }),
        ["no directory fsync for the rename of a commit file"] = (Scenarios.Steps, files => new PlantedBug(files) { ForgetsSync = path => path == "/log/commits" }),
        ["no directory fsync for partitions"] = (Scenarios.Steps, files => new PlantedBug(files) { ForgetsSync = path => path == "/log/topics/orders" }),
        ["no directory fsync for topics"] = (Scenarios.Steps, files => new PlantedBug(files) { ForgetsSync = path => path == "/log/topics" }),
        ["no directory fsync for the root"] = (Scenarios.Steps, files => new PlantedBug(files) { ForgetsSync = path => path == "/log" }),
        ["acknowledged before fsync"] = (Scenarios.Steps, files => new PlantedBug(files) { SyncsLate = EndsWith(Commits) }),
        ["the journal is not replayed"] = (Scenarios.Steps, files => new PlantedBug(files) { ForgetsFirstWrites = EndsWith(Segment) }),
        ["no truncation of torn tails"] = (Scenarios.Steps, files => new PlantedBug(files) { ForgetsTruncate = true }),
        ["truncation in the middle"] = (Scenarios.Synced, files => new PlantedBug(files) { TruncatesTooMuch = 8 }),
        ["offsets outside the commit"] = (Scenarios.WithOffsets(ScenarioBugs.OffsetsAreOutsideTheCommit), files => files),
        ["sequences are not checked"] = (Scenarios.WithStamps(ScenarioBugs.SequencesAreNotChecked), files => files),
        ["retention: records go before their time"] = (Scenarios.WithYoungRecords(ScenarioBugs.TheClockIsAhead), files => files),
        ["compaction: no fsync before the swap"] = (Scenarios.Cleaning, files => new PlantedBug(files) { ForgetsSync = IsCompacted }),
        ["compaction: a value is changed"] = (Scenarios.Cleaning, files => new PlantedBug(files) { ChangesWrites = (path, bytes) => IsCompacted(path) ? WithAnotherValue(bytes) : bytes }),
        ["backup: no fsync"] = (Scenarios.BackedUp, files => new PlantedBug(files) { ForgetsSync = path => IsBackup(path) && path.EndsWith(Segment, StringComparison.Ordinal) }),
        ["backup: no directory fsync"] = (Scenarios.BackedUp, files => new PlantedBug(files) { ForgetsSync = path => IsBackup(path) && !Path.HasExtension(path) }),
        ["backup: a value is changed"] = (Scenarios.BackedUp, files => new PlantedBug(files) { ChangesWrites = (path, bytes) => IsBackup(path) && path.EndsWith(Segment, StringComparison.Ordinal) ? WithAnotherValue(bytes) : bytes }),
        ["index: largest timestamps are forgotten"] = (Scenarios.Expiring, files => new PlantedBug(files) { ChangesWrites = (path, bytes) => path.EndsWith(LogLayout.IndexSuffix, StringComparison.Ordinal) ? WithoutTimestamps(bytes) : bytes }),
    };

    /// <summary>Bugs that a failure of the disk brings to light.</summary>
    private static readonly Dictionary<string, Func<IFileSystem, IFileSystem>> AtFailures = new()
    {
        ["errno swallowed, as .NET does"] = files => new PlantedBug(files) { SwallowsFailures = true },
        ["fsync retried"] = files => new PlantedBug(files) { RetriesSync = true },
        ["a short write is taken for a whole one"] = files => new PlantedBug(files) { SwallowsWriteFailures = true },
    };

    public static TheoryData<string> NamesAtCrashes => [.. AtCrashes.Keys];

    public static TheoryData<string> NamesAtFailures => [.. AtFailures.Keys];

    [Theory]
    [MemberData(nameof(NamesAtCrashes))]
    public void A_bug_that_shows_at_a_crash_is_caught(string bug)
    {
        var (scenario, plant) = AtCrashes[bug];
        var check = new CrashCheck(scenario, plant);

        var violations = check.Violations(seeds: 5, Enum.GetValues<Loss>());

        output.WriteLine($"{bug}: {string.Join('\n', violations)}");
        Assert.True(violations.Count > 0, $"{check.States} restarts did not show that {bug}");
    }

    [Theory]
    [MemberData(nameof(NamesAtFailures))]
    public void A_bug_that_shows_at_a_failure_is_caught(string bug)
    {
        var check = new FailureCheck(Scenarios.Steps, AtFailures[bug]);

        string? violation = check.Faults().Select(check.Violation).FirstOrDefault(v => v is not null);

        output.WriteLine($"{bug}: {violation}");
        Assert.True(violation is not null, $"{check.Cases} failures did not show that {bug}");
    }

    // The same scenarios without a bug are what CrashTests runs; these are made for the bugs.
    [Fact]
    public void The_scenarios_without_their_bugs_are_right()
    {
        Assert.Empty(new CrashCheck(Scenarios.WithOffsets(ScenarioBugs.None)).Violations(seeds: 5, Enum.GetValues<Loss>()));
        Assert.Empty(new CrashCheck(Scenarios.WithYoungRecords(ScenarioBugs.None)).Violations(seeds: 5, Enum.GetValues<Loss>()));
        Assert.Empty(new CrashCheck(Scenarios.WithStamps(ScenarioBugs.None)).Violations(seeds: 1, Enum.GetValues<Loss>()));
    }

    private static Func<string, bool> EndsWith(string suffix) => path => path.EndsWith(suffix, StringComparison.Ordinal);

    private static bool IsCompacted(string path) => LogLayout.SegmentIn(Path.GetFileName(path)) is { Generation: > 0 };

    private static bool IsBackup(string path) => path.StartsWith("/first", StringComparison.Ordinal) || path.StartsWith("/second", StringComparison.Ordinal);

    // An index whose entries say that nothing before them has a timestamp, with a right CRC.
    private static byte[] WithoutTimestamps(byte[] bytes)
    {
        const int header = 72;
        const int entry = 24;
        for (int at = header + 16; at < bytes.Length; at += entry)
            BitConverter.TryWriteBytes(bytes.AsSpan(at), long.MinValue);
        BitConverter.TryWriteBytes(bytes.AsSpan(4), Crc32C.Compute(bytes.AsSpan(8)));
        return bytes;
    }

    // The last byte that is not zero of each batch, with a right CRC.
    private static byte[] WithAnotherValue(byte[] bytes)
    {
        for (int at = bytes.Length > SegmentHeader.Size && BatchHeader.Defect(bytes.AsSpan(SegmentHeader.Size), bytes.Length) is null ? SegmentHeader.Size : 0; bytes.Length - at >= BatchFormat.HeaderSize;)
        {
            var batch = bytes.AsSpan(at);
            if (BatchHeader.Defect(batch, batch.Length) is not null)
                return bytes;
            batch = batch[..BatchHeader.Length(batch)];
            if (BatchHeader.Count(batch) > 0)
            {
                batch[batch.LastIndexOfAnyExcept((byte)0)] ^= 1;
                BitConverter.TryWriteBytes(batch[BatchFormat.CrcAt..], Crc32C.Compute(batch[BatchFormat.CrcStart..]));
            }

            at += batch.Length;
        }

        return bytes;
    }
}
