using System.Globalization;
using System.Text;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;
using FsCheck;
using FsCheck.Fluent;

namespace Flowgen.Log.Tests.Reading;

/// <summary>Seeking with indexes finds what reading everything finds, whatever has become of their files.</summary>
public sealed class SegmentIndexTests
{
    private const string Directory = "/log/topics/t/0";
    private static readonly FlowLogOptions SmallSegments = new() { SegmentBytes = 32 << 10, TimeProvider = new ManualTime() };

    private readonly SimulatedFileSystem _disk = new();

    [Fact]
    public void Seeking_finds_each_record_in_sealed_segments_and_in_the_active_one()
    {
        using var log = OpenWithRecords(count: 600);
        log.Housekeeper.RunOnce();

        AssertSeeksFindEveryRecord(log);
        Assert.Equal(0, log.IndexesRebuilt);
    }

    [Fact]
    public void A_seek_reads_the_index_and_the_place_it_names_and_no_more()
    {
        var counting = new CountingFileSystem(_disk);
        using var log = FlowLog.Open("/log", SmallSegments with { SegmentBytes = 2 << 20 }, counting, CommitMode.Inline);
        log.CreateTopic("t", new TopicSettings());
        for (int i = 0; i < 2_000; i++)
            log.Append("t", 0, new string('x', 2_000));
        log.Housekeeper.RunOnce();
        counting.BytesRead = 0;

        using var reader = log.OpenReader("t", 0, 900);
        Assert.True(reader.TryRead(out var batch));

        Assert.Equal(900, batch.BaseOffset);
        Assert.InRange(counting.BytesRead, 1, 300 << 10);
    }

    [Fact]
    public void Indexes_that_are_dropped_from_memory_do_not_disturb_those_who_seek()
    {
        using var directory = new TemporaryDirectory();
        using var log = FlowLog.Open(directory.Path, SmallSegments with { SegmentBytes = 1024, Durability = Durability.OsBuffered });
        log.CreateTopic("t", new TopicSettings());
        for (int i = 0; i < 100; i++)
            log.Append("t", 0, new string('x', 900));

        var partition = log.FindPartition(new TopicPartition("t", 0));
        var indexes = new SegmentIndexes(FileSystems.ForThisMachine);
        Parallel.For(0, 8, thread =>
        {
            var random = new Random(thread);
            for (int i = 0; i < 1_000; i++)
            {
                var extent = SegmentExtent.Of(partition, partition.Segments[random.Next(99)]);
                extent.Segment.Use(file => Assert.Equal(extent.Segment.BaseOffset, indexes.FindOffset(extent, file, extent.Segment.BaseOffset).Offset));
            }
        });
    }

    [Fact]
    public void The_housekeeper_writes_one_index_for_each_sealed_segment_and_deletes_it_with_the_segment()
    {
        using var log = OpenWithRecords(count: 600);
        int segments = log.DescribePartition("t", 0).Segments;
        Assert.Empty(Indexes());

        log.Housekeeper.RunOnce();
        Assert.Equal(segments - 1, Indexes().Count);

        log.DeleteRecordsBefore("t", 0, 300);
        Assert.Equal(log.DescribePartition("t", 0).Segments - 1, Indexes().Count);
        Assert.True(Indexes().Count < segments - 1);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("flipped")]
    [InlineData("truncated")]
    [InlineData("of another segment")]
    [InlineData("of an older state")]
    [InlineData("sealed with wrong positions")]
    public void A_file_that_does_not_fit_is_built_again(string defect)
    {
        using (var log = OpenWithRecords(count: 600))
            log.Housekeeper.RunOnce();
        foreach (string index in Indexes())
            Damage(index, defect);

        using var again = Open();
        AssertSeeksFindEveryRecord(again);

        int damaged = Indexes().Count;
        if (defect != "missing")
            Assert.InRange(again.IndexesRebuilt, damaged - 1, damaged);
        again.Housekeeper.RunOnce();
        again.Dispose();
        using var healed = Open();
        AssertSeeksFindEveryRecord(healed);
        Assert.Equal(0, healed.IndexesRebuilt);
    }

    [Fact]
    public void Opening_deletes_indexes_whose_segment_is_gone()
    {
        using (var log = OpenWithRecords(count: 600))
            log.Housekeeper.RunOnce();
        _disk.Open(Directory + "/00000000000000099999.index", FileOpenMode.Create).Dispose();
        int segments;

        using (var log = Open())
            segments = log.DescribePartition("t", 0).Segments;

        Assert.Equal(segments - 1, Indexes().Count);
    }

    [Fact]
    public void Seeking_into_a_damaged_segment_is_an_error_with_and_without_index()
    {
        using (var log = OpenWithRecords(count: 600))
            log.Housekeeper.RunOnce();
        var segments = Files(".segment");
        string segment = segments[1];

        using (var file = _disk.Open(segment, FileOpenMode.Existing))
            file.Write(64, new byte[20 << 10]);
        foreach (string index in Indexes().Skip(1))
            _disk.Delete(index);

        using var again = Open();
        long offset = LogLayout.SegmentIn(Path.GetFileName(segments[2]))!.Value.BaseOffset - 1;
        using var reader = again.OpenReader("t", 0, offset);
        Assert.Throws<LogCorruptionException>(() => reader.TryRead(out _));
        again.Housekeeper.RunOnce();
        Assert.Contains(again.HousekeepingFailures, f => f.Job == "index" && f.Where == segment);
    }

    [Fact]
    public void Seeking_by_time_finds_what_a_plain_list_finds_whatever_the_order_of_the_timestamps()
    {
        var cases = from count in Gen.Choose(1, 120)
                    from times in Gen.ArrayOf(Gen.Choose(0, 200), count)
                    from batch in Gen.Choose(1, 5)
                    from deleted in Gen.Choose(0, count)
                    select (times, batch, deleted);
        Prop.ForAll(cases.ToArbitrary(), c => FindsByTime(c.times, c.batch, c.deleted))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60 * Scale.Factor));
    }

    private static bool FindsByTime(int[] times, int batchSize, int deleted)
    {
        using var log = FlowLog.Open("/log", new FlowLogOptions { SegmentBytes = 8 << 10, TimeProvider = new ManualTime() }, new SimulatedFileSystem(), CommitMode.Inline);
        log.CreateTopic("t", new TopicSettings());
        for (int i = 0; i < times.Length; i += batchSize)
            Append(log, times.Skip(i).Take(batchSize));
        log.DeleteRecordsBefore("t", 0, deleted);
        log.Housekeeper.RunOnce();
        for (int time = -1; time <= 201; time += 7)
        {
            int expected = Array.FindIndex(times, deleted, t => t >= time);
            Assert.Equal(expected < 0 ? times.Length : expected, log.FindOffset("t", 0, time));
        }

        return true;
    }

    private static void Append(FlowLog log, IEnumerable<int> times)
    {
        var batch = new BatchBuilder();
        foreach (int time in times)
            batch.Add(time, default, keyIsNull: true, new byte[700], valueIsNull: false);
        using var transaction = log.BeginTransaction();
        transaction.Append("t", 0, batch);
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }

    private void Damage(string path, string defect)
    {
        using var file = _disk.Open(path, FileOpenMode.Existing);
        byte[] bytes = new byte[file.Length];
        file.Read(0, bytes);
        switch (defect)
        {
            case "missing":
                _disk.Delete(path);
                break;
            case "empty":
                file.Truncate(0);
                break;
            case "flipped":
                file.Write(bytes.Length / 2, [(byte)~bytes[bytes.Length / 2]]);
                break;
            case "truncated":
                file.Truncate(bytes.Length - 24);
                break;
            case "of another segment":
                BitConverter.TryWriteBytes(bytes.AsSpan(24), BitConverter.ToInt64(bytes, 24) + 1);
                Seal(file, bytes);
                break;
            case "of an older state":
                BitConverter.TryWriteBytes(bytes.AsSpan(32), BitConverter.ToInt64(bytes, 32) - 8);
                Seal(file, bytes);
                break;
            default:
                for (int at = 72 + 24; at < bytes.Length; at += 24)
                    BitConverter.TryWriteBytes(bytes.AsSpan(at + 8), BitConverter.ToInt64(bytes, at + 8) + 8);
                Seal(file, bytes);
                break;
        }
    }

    private static void Seal(IFile file, byte[] bytes)
    {
        BitConverter.TryWriteBytes(bytes.AsSpan(4), Crc32C.Compute(bytes.AsSpan(8)));
        file.Write(0, bytes);
    }

    private static void AssertSeeksFindEveryRecord(FlowLog log)
    {
        var held = log.DescribePartition("t", 0);
        for (long offset = held.FirstOffset; offset < held.NextOffset; offset += 7)
        {
            using var reader = log.OpenReader("t", 0, offset);
            Assert.True(reader.TryRead(out var batch));
            Assert.Equal(offset, batch[batch.FirstIndex].Offset);
            Assert.StartsWith(offset.ToString("D8", CultureInfo.InvariantCulture), Encoding.UTF8.GetString(batch[batch.FirstIndex].Value), StringComparison.Ordinal);
            Assert.Equal(offset, log.FindOffset("t", 0, offset * 10));
        }
    }

    private List<string> Indexes() => Files(".index");

    private List<string> Files(string suffix) =>
        [.. _disk.List(Directory).Select(e => $"{Directory}/{e.Name}").Where(p => p.EndsWith(suffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private FlowLog OpenWithRecords(int count)
    {
        var log = Open();
        log.CreateTopic("t", new TopicSettings());
        for (int i = 0; i < count; i += 2)
        {
            var batch = new BatchBuilder();
            for (int k = i; k < i + 2; k++)
                batch.Add(k * 10, default, keyIsNull: true, Encoding.UTF8.GetBytes(k.ToString("D8", CultureInfo.InvariantCulture).PadRight(150)), valueIsNull: false);
            using var transaction = log.BeginTransaction();
            transaction.Append("t", 0, batch);
            transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
        }

        return log;
    }

    private FlowLog Open() => FlowLog.Open("/log", SmallSegments, _disk, CommitMode.Inline);
}
