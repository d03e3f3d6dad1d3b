using Flowgen.Log.Commits;
using Flowgen.Log.Storage;
using Flowgen.Log.Tests.Cleaning;
using Flowgen.Log.Tests.Simulation;
using Flowgen.TestKit.Simulation;
using ModelDifference = Flowgen.Log.Tests.Simulation.ModelDifference;

namespace Flowgen.Log.Tests.Maintenance;

/// <summary>The tools know every kind of segment that there is: plain, compressed, compacted, and those of which compaction has left no record.</summary>
public sealed class StoredSegmentsTests
{
    private const string Root = "/log";
    private const int Batches = 12;

    public static TheoryData<string> Kinds => [.. Settings.Keys];

    private static Dictionary<string, TopicSettings> Settings { get; } = new()
    {
        ["plain"] = new TopicSettings(),
        ["lz4"] = new TopicSettings { Compression = TopicCompression.Lz4 },
        ["zstd"] = new TopicSettings { Compression = TopicCompression.Zstd },
        ["compacted"] = Compacted,
        ["compacted lz4"] = Compacted with { Compression = TopicCompression.Lz4 },
        ["compacted zstd"] = Compacted with { Compression = TopicCompression.Zstd },
        ["emptied"] = Compacted,
    };

    private static TopicSettings Compacted => new(Cleanup: TopicCleanup.Compact) { MinDirtyRatio = 0, TombstoneRetention = TimeSpan.FromMinutes(1) };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_wrong_with_them(string kind)
    {
        using var log = Create(kind);

        Assert.Empty(FlowLog.Verify(Root, log.Disk).Findings);
        log.Reopen();
        Assert.Empty(FlowLog.Verify(Root, log.Disk).Findings);
        Assert.Empty(FlowLog.Salvage(Root, "/salvaged", log.Disk).Lost);
        AssertHolds("/salvaged", log);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_backup_a_restored_one_and_a_reader_beside_the_owner_show_the_same(string kind)
    {
        using var log = Create(kind);
        using (var reading = FlowLog.OpenReadOnly(Root, new FlowLogOptions { TimeProvider = log.Time }, log.Disk))
        {
            Assert.Null(ModelDifference.Between(LogContent.Of(log.Log), LogContent.Of(reading)));
            Assert.Null(SeekCheck.Violation(reading, LogContent.Of(reading)));
            await reading.BackupAsync("/of-the-reader");
        }

        await log.Log.BackupAsync("/backup");
        FlowLog.Restore("/backup", "/restored", log.Disk);

        foreach (string copy in (string[])["/of-the-reader", "/backup", "/restored"])
            AssertHolds(copy, log);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Their_files_are_read_on_their_own(string kind)
    {
        using var log = Create(kind);
        long records = FlowLog.Verify(Root, log.Disk).Records;
        log.Dispose();
        string[] paths = [.. log.Disk.Entries.Select(e => e.Path).Where(p => p.EndsWith(LogLayout.SegmentSuffix, StringComparison.Ordinal))];
        foreach (string path in paths)
        {
            using var file = SegmentFile.Open(path, log.Disk);
            Assert.Null(file.HeaderDefect);
            while (file.TryNext())
            {
                Assert.Null(file.Defect);
                records -= file.Batch.Count;
            }
        }

        Assert.Equal(0, records);
    }

    // A byte in eight on every change; in the long run every one.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_flipped_byte_of_them_is_a_defect_and_what_is_salvaged_is_true(string kind)
    {
        using var log = Create(kind);
        var content = LogContent.Of(log.Log).Partition(CleaningLog.Topic, 0);
        log.Dispose(); // while the log is open, commit files hold the newest bytes, too
        var (path, good) = log.Disk.Entries.Where(e => e.Path.EndsWith(LogLayout.SegmentSuffix, StringComparison.Ordinal)).MinBy(e => e.Path, StringComparer.Ordinal);
        int stride = Scale.Factor >= 8 ? 1 : 8;
        byte[] flipped = new byte[1];
        for (int at = 0; at < good!.Length; at += stride)
        {
            var disk = log.Disk.Restart(Loss.Nothing, seed: 0);
            good.Read(at, flipped);
            flipped[0] ^= (byte)(1 << (at / stride % 8));
            disk.Plant(path, good.Write(at, flipped));

            var verified = FlowLog.Verify(Root, disk);
            Assert.True(verified.Findings.Any(f => f.IsDefect && f.Path == path), $"byte {at} of {path}");
            var salvaged = FlowLog.Salvage(Root, "/salvaged", disk);
            AssertIsWhatIsLeft(disk, content, salvaged, at);
        }
    }

    [Fact]
    public void A_segment_of_which_no_record_is_left_keeps_its_offsets()
    {
        using var log = Create("emptied");

        var segments = FlowLog.Verify(Root, log.Disk);

        Assert.Equal(1, log.Described.NextOffset - log.Log.DescribePartition(CleaningLog.Topic, 0).FirstOffset - (Batches - 1));
        Assert.True(segments.Segments > 2, "The emptied segments were written together with others.");
        Assert.True(segments.Records < segments.Batches, "There is no batch without a record.");
    }

    private static void AssertIsWhatIsLeft(SimulatedFileSystem disk, ModelPartition content, SalvageReport salvaged, int at)
    {
        Assert.DoesNotContain(FlowLog.Verify("/salvaged", disk).Findings, f => f.IsDefect);
        using var log = FlowLog.Open("/salvaged", new FlowLogOptions(), disk, CommitMode.Inline);
        var left = LogContent.Of(log).Partition(CleaningLog.Topic, 0);
        var expected = content.Records.Where(r => !salvaged.Lost.Any(l => r.Offset >= l.FirstOffset && r.Offset < l.NextOffset));
        Assert.True(expected.SequenceEqual(left.Records), $"byte {at}: {string.Join(' ', left.Records)}");
        Assert.Equal(content.NextOffset, left.NextOffset);
    }

    private static void AssertHolds(string directory, CleaningLog log)
    {
        Assert.Empty(FlowLog.Verify(directory, log.Disk).Findings);
        using var copy = FlowLog.Open(directory, new FlowLogOptions { TimeProvider = log.Time }, log.Disk, CommitMode.Inline);
        Assert.Null(ModelDifference.Between(LogContent.Of(log.Log), LogContent.Of(copy)));
        Assert.Null(SeekCheck.Violation(copy, LogContent.Of(copy)));
    }

    // Compaction runs twice, so that tombstones go, too.
    private static CleaningLog Create(string kind)
    {
        var log = new CleaningLog(Settings[kind]);
        for (int i = 0; i < Batches; i++)
            log.Append(kind == "emptied" ? [new ModelRecord("k", $"{i}".PadRight(850, 'e'), log.Now)] : Records(log, i));
        log.Clean();
        log.Time.Advance(TimeSpan.FromHours(1));
        log.Clean();
        return log;
    }

    private static ModelRecord[] Records(CleaningLog log, int number) =>
    [
        new ModelRecord($"k{number % 3}", $"{number}".PadRight(200, 'a'), log.Now + number, " h:1"),
        new ModelRecord("often", $"{number}".PadRight(100, 'b'), log.Now - number),
        new ModelRecord($"once{number}", number % 2 == 0 ? null : new string((char)('a' + number), 150), log.Now),
    ];
}
