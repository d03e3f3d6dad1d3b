using System.Buffers.Binary;
using Flowgen.Log.Storage;
using Flowgen.Log.Tests.Simulation;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Corruption;

/// <summary>Small logs, closed or killed, whose files are damaged.</summary>
internal static class SampleLog
{
    public const string Topic = "orders";
    private const int SegmentBytes = 64 << 10; // at least; a batch more at most

    /// <summary>The segment of 64 KiB of a log without journal, which would repair what is not yet written back.</summary>
    public static DamagedLog Segment(bool closed)
    {
        var (disk, history) = Create(closed, Enumerable.Range(0, int.MaxValue), journals: false);
        var file = disk.Entries.Where(e => e.Path.EndsWith(LogLayout.SegmentSuffix, StringComparison.Ordinal)).MaxBy(e => e.Content!.Length);
        Assert.InRange(file.Content!.Length, SegmentBytes, SegmentBytes + 10_000);
        return new DamagedLog(disk, file.Path, history[^1]);
    }

    /// <summary>The files of a log with few records, but for its segments. A torn tail is what the last commits of a killed log may be, if it is not known that they were durable.</summary>
    /// <param name="closed">Whether the log was closed; otherwise it was killed.</param>
    /// <param name="mayBeTorn">How many of the last commits damage may look like; the file that says which of them were durable is then missing.</param>
    public static IEnumerable<DamagedLog> SmallFiles(bool closed, int mayBeTorn)
    {
        var (disk, history) = Create(closed, Enumerable.Range(0, 6));
        if (mayBeTorn > 0)
            disk.Plant(Path.Combine(Scenario.Directory, LogLayout.DurableName), null);
        foreach (var (path, content) in disk.Entries)
        {
            if (content is null || path.EndsWith(LogLayout.SegmentSuffix, StringComparison.Ordinal) || path.EndsWith(LogLayout.LockName, StringComparison.Ordinal))
                continue;
            bool isTorn = !closed && path.EndsWith(LogLayout.CommitsSuffix, StringComparison.Ordinal);
            yield return new DamagedLog(disk, path, history.TakeLast(isTorn ? 1 + mayBeTorn : 1));
        }
    }

    /// <summary>All files of a log with few records.</summary>
    public static IEnumerable<DamagedLog> AllFiles(bool closed)
    {
        var (disk, history) = Create(closed, Enumerable.Range(0, 6));
        return from entry in disk.Entries where entry.Content is not null select new DamagedLog(disk, entry.Path, history[^1]);
    }

    /// <summary>The indexes of a log with several segments of several entries, first and last.</summary>
    public static IEnumerable<DamagedLog> Indexes(bool closed)
    {
        var (disk, history) = Create(closed, Enumerable.Range(0, int.MaxValue), segmentBytes: 16 << 10);
        string[] paths = [.. disk.Entries.Select(e => e.Path).Where(p => p.EndsWith(LogLayout.IndexSuffix, StringComparison.Ordinal))];
        Assert.True(paths.Length > 2, $"{paths.Length} indexes");
        return from path in (string[])[paths[0], paths[^1]] select new DamagedLog(disk, path, history[^1]);
    }

    /// <summary>The header of a segment, and its batches.</summary>
    public static List<byte[]> Batches(byte[] segment)
    {
        List<byte[]> batches = [segment[..SegmentHeader.Size]];
        for (int at = SegmentHeader.Size; at < segment.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(segment.AsSpan(at + BatchFormat.LengthAt));
            batches.Add(segment[at..(at + length)]);
            at += length;
        }

        return batches;
    }

    // What the log showed after each commit: the last is what it has to show.
    private static (SimulatedFileSystem Disk, List<ulong> History) Create(bool closed, IEnumerable<int> numbers, bool journals = true, int segmentBytes = 2 * SegmentBytes)
    {
        var disk = new SimulatedFileSystem();
        List<ulong> history = [];
        using var log = Scenario.Open(disk, Scenario.Options with { SegmentBytes = segmentBytes, JournalBelowBytes = journals ? Scenario.Options.JournalBelowBytes : 0 });
        history.Add(LogFingerprint.Of(log));
        log.CreateTopic(Topic, new TopicSettings(Partitions: 2));
        history.Add(LogFingerprint.Of(log));
        log.RegisterSchema(Topic, [1, 2, 3]);
        foreach (int number in numbers.TakeWhile(_ => log.DescribePartition(Topic, 0).SizeInBytes < SegmentBytes))
        {
            history.Add(LogFingerprint.Of(log));
            Commit(log, number);
        }

        history.Add(LogFingerprint.Of(log));
        log.Housekeeper.RunOnce();
        if (closed)
            log.Dispose();
        return (disk.Restart(Loss.Nothing, seed: 0), history);
    }

    private static void Commit(FlowLog log, int number)
    {
        using var transaction = log.BeginTransaction();
        var records = Enumerable.Range(0, 1 + (number % 7)).Select(i => new ModelRecord($"key{i % 4}", i == 5 ? null : $"value {number}".PadRight(20 + (number * 7 % 250), 'x'), 1_000 + number, i == 3 ? " h:1 g:22" : ""));
        transaction.Append(Topic, 0, number % 5 == 4 ? Fixed(number) : ScenarioBatch.Of(records));
        if (number % 3 == 0)
            transaction.SetOffset("group", Topic, 1, number, "metadata");
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }

    private static BatchBuilder Fixed(int number)
    {
        var batch = new BatchBuilder();
        batch.StartFixed(1, new RecordLayout(24, 0, LogTimeUnit.Milliseconds, new KeyPart(8, 4, BigEndian: false)));
        var values = batch.AddFixed(20);
        for (int i = 0; i < values.Length; i += 4)
            BinaryPrimitives.WriteInt32LittleEndian(values[i..], i % 24 == 4 ? 0 : number + i);
        batch.NoteTimestamps(number, number + 500);
        return batch;
    }
}
