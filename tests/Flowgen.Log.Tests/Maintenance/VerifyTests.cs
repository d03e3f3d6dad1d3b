using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Maintenance;

/// <summary>Each kind of defect is found by its name, and a good log is silent.</summary>
public sealed class VerifyTests
{
    private readonly SampleLog _log = new SampleLog().Fill();

    [Fact]
    public void A_good_log_has_no_findings_and_is_counted()
    {
        int operations = _log.Disk.Operations;

        var report = FlowLog.Verify(SampleLog.Root, _log.Disk);

        Assert.Empty(report.Findings);
        Assert.False(report.HasDefects);
        Assert.Equal((1, 40L, 80L), (report.Topics, report.Batches, report.Records));
        Assert.Equal(_log.Files(".segment").Count, report.Segments);
        Assert.Equal(operations, _log.Disk.Operations);
    }

    [Fact]
    public void A_log_that_is_open_and_one_whose_owner_was_killed_have_no_findings()
    {
        var owner = _log.Open();
        SampleLog.Append(owner, 40, 10);

        Assert.Empty(FlowLog.Verify(SampleLog.Root, _log.Disk).Findings);

        using var next = FlowLog.Open(SampleLog.Root, SampleLog.Options, new AfterKill(_log.Disk), CommitMode.Inline);
        Assert.Empty(FlowLog.Verify(SampleLog.Root, _log.Disk).Findings);
    }

    [Fact]
    public void Every_state_after_a_crash_is_without_defect()
    {
        foreach (var loss in Enum.GetValues<Loss>())
        {
            var log = new SampleLog().Fill(4);
            var owner = log.Open();
            SampleLog.Append(owner, 4, 6);
            var disk = log.Disk.Restart(loss, seed: 7);

            var before = FlowLog.Verify(SampleLog.Root, disk);
            FlowLog.Open(SampleLog.Root, SampleLog.Options, disk, CommitMode.Inline).Dispose();
            var after = FlowLog.Verify(SampleLog.Root, disk);

            Assert.False(before.HasDefects, $"{loss}: {before.Findings.FirstOrDefault(f => f.IsDefect)}");
            Assert.False(after.HasDefects, $"{loss}: {after.Findings.FirstOrDefault(f => f.IsDefect)}");
            Assert.Equal(20, after.Records);
        }
    }

    [Theory]
    [InlineData("format")]
    [InlineData("commit-file")]
    [InlineData("commit-lost")]
    [InlineData("clean-marker")]
    [InlineData("segment-missing")]
    [InlineData("segment-short")]
    [InlineData("segment-tail")]
    [InlineData("segment-header")]
    [InlineData("segment-end")]
    [InlineData("batch")]
    [InlineData("offset-gap")]
    [InlineData("record")]
    public void A_defect_is_found_by_its_name(string check)
    {
        Damage(check);

        var report = FlowLog.Verify(SampleLog.Root, _log.Disk);

        Assert.True(report.HasDefects);
        Assert.Contains(report.Findings, f => f.IsDefect && f.Check == check && f.Message.Length > 0);
    }

    [Fact]
    public void Each_flipped_byte_of_a_segment_is_a_defect()
    {
        string segment = _log.Files(".segment")[1];
        byte[] good = _log.Read(segment);
        for (int at = 0; at < good.Length; at += 13)
        {
            _log.Change(segment, bytes => bytes[at] ^= 0x40);
            var report = FlowLog.Verify(SampleLog.Root, _log.Disk);
            Assert.True(report.HasDefects, $"byte {at}");
            Assert.All(report.Findings.Where(f => f.IsDefect), f => Assert.Equal(segment, f.Path));
            _log.Change(segment, bytes => good.CopyTo(bytes, 0));
        }
    }

    [Fact]
    public void What_is_harmless_is_a_note()
    {
        _log.Change(_log.Files(".index")[0], bytes => bytes[^1] ^= 1);
        _log.Disk.Open(SampleLog.Partition + "/00000000000000000000.segment.99.torn", FileOpenMode.Create).Dispose();
        _log.Disk.Open(SampleLog.Root + "/notes.txt", FileOpenMode.Create).Dispose();
        using (var owner = _log.Open())
            owner.CommitOffset("group", "t", 0, 1_000, "");

        var report = FlowLog.Verify(SampleLog.Root, _log.Disk);

        Assert.False(report.HasDefects);
        Assert.Equal(["group-offset", "index", "leftover", "leftover"], report.Findings.Select(f => f.Check).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Progress_reaches_the_end()
    {
        var seen = new List<LogProgress>();

        FlowLog.Verify(SampleLog.Root, _log.Disk, new Immediate(seen));

        Assert.Equal(seen[^1].Total, seen[^1].Done);
        Assert.True(seen[^1].Total > 0);
    }

    private void Damage(string check)
    {
        string segment = _log.Files(".segment")[1];
        string commits = _log.Files("/log/commits", ".commits")[^1];
        switch (check)
        {
            case "format":
                _log.Change("/log/flowgen.log", bytes => bytes[0] ^= 1);
                break;
            case "commit-file":
                _log.Change(commits, bytes => bytes[80] ^= 1);
                break;
            case "commit-lost":
                _log.Disk.Delete("/log/clean");
                _log.Truncate(commits, _log.Read(commits).Length - 8);
                break;
            case "clean-marker":
                _log.Truncate(commits, _log.Read(commits).Length - 8);
                break;
            case "segment-missing":
                _log.Disk.Delete(segment);
                break;
            case "segment-short":
                _log.Truncate(segment, _log.Read(segment).Length - 8);
                break;
            case "segment-tail":
                _log.Truncate(segment, _log.Read(segment).Length + 8);
                break;
            case "segment-header":
                _log.Change(segment, bytes => bytes[20] ^= 1);
                break;
            case "segment-end":
                _log.ChangeBatch(segment, 2, batch => BitConverter.TryWriteBytes(batch[BatchFormat.MaxTimestampAt..], long.MaxValue));
                break;
            case "batch":
                _log.Change(segment, bytes => bytes[^30] ^= 1);
                break;
            case "offset-gap":
                _log.ChangeBatch(segment, 2, batch => BitConverter.TryWriteBytes(batch[BatchFormat.BaseOffsetAt..], BitConverter.ToInt64(batch[BatchFormat.BaseOffsetAt..]) + 1));
                break;
            default:
                _log.ChangeBatch(segment, 2, batch => batch[(BatchFormat.HeaderSize + 16 + 4)..][..4].Fill(0x7f)); // where the value of the first record ends
                break;
        }
    }

    private sealed class Immediate(List<LogProgress> seen) : IProgress<LogProgress>
    {
        public void Report(LogProgress value) => seen.Add(value);
    }
}
