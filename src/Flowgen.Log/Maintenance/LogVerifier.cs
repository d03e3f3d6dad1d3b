using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Maintenance;

/// <summary>Checks every checksum and invariant of a log without changing anything, also while its owner writes.</summary>
internal sealed class LogVerifier(IFileSystem files, LogLayout layout, IProgress<LogProgress>? progress, CancellationToken cancellationToken)
{
    private const int MaxFindings = 10_000;
    private const int ProgressBytes = 4 << 20;

    private readonly List<LogFinding> _findings = [];
    private int _defects;
    private int _notes;
    private long _done;
    private long _total;
    private long _reported;

    public VerifyReport Run()
    {
        CheckFormat();
        var inspection = new LogInspection(files, layout, Report);
        inspection.Run();
        var extents = Extents(inspection.State);
        _total = extents.Sum(e => e.End);
        long batches = 0;
        long records = 0;
        foreach (var extent in extents)
        {
            var check = Check(extent, inspection);
            batches += check.Batches;
            records += check.Records;
            _done += extent.End;
        }

        CheckGroups(inspection.State);
        new LeftoverCheck(files, layout, Report).Run(inspection);
        progress?.Report(new LogProgress(_total, _total, layout.Root));
        return new VerifyReport(_findings, inspection.LastCommit, inspection.State.Topics.Count(), extents.Count, batches, records, _total);
    }

    private void CheckFormat()
    {
        try
        {
            if (!FormatFile.Check(files, layout))
                throw new LogFormatException($"There is no log in '{layout.Root}'. Name the directory of a log.");
        }
        catch (LogCorruptionException e)
        {
            Report(new LogFinding(true, "format", layout.Format, null, e.Message));
        }
    }

    private static List<SegmentExtent> Extents(LogState state) =>
        [.. state.Topics.OrderBy(t => t.Description.Name, StringComparer.Ordinal).SelectMany(t => t.Partitions).SelectMany(p => p.Segments.Select(s => SegmentExtent.Of(p, s)))];

    private SegmentCheck Check(SegmentExtent extent, LogInspection inspection)
    {
        // A truncation behind the committed end may be lost with the power, as long as its commit file is there.
        var check = new SegmentCheck(files, extent, Report)
        {
            MayHaveTail = !inspection.IsClosed && (!extent.IsSealed || inspection.IsJournaled(extent.Segment)),
            Reached = position => Progress(position, extent),
        };
        try
        {
            check.Run();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            if (IsStillNamed(extent))
                Report(new LogFinding(true, "segment-missing", extent.Segment.Path, null, $"The segment is missing: {e.Message}"));
        }
        catch (IOException e)
        {
            Report(new LogFinding(true, "segment-unreadable", extent.Segment.Path, null, e.Message));
        }

        return check;
    }

    // The owner may have deleted it meanwhile.
    private bool IsStillNamed(SegmentExtent extent)
    {
        var now = new LogInspection(files, layout, _ => { });
        now.Run();
        return Extents(now.State).Exists(e => e.Segment.Path == extent.Segment.Path && e.Partition.TopicId == extent.Partition.TopicId);
    }

    private void CheckGroups(LogState state)
    {
        foreach (string group in state.Groups.Names)
        {
            foreach (var offset in state.Offsets(group))
            {
                long end = state.GetPartition(offset.Topic, offset.Partition).NextOffset;
                if (offset.Committed.Offset > end)
                    Report(new LogFinding(false, "group-offset", layout.Commits, null, $"The group '{group}' has read {offset.Topic}-{offset.Partition} up to {offset.Committed.Offset}, behind its end {end}."));
            }
        }
    }

    private void Progress(long position, in SegmentExtent extent)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_done + position - _reported < ProgressBytes)
            return;
        _reported = _done + position;
        progress?.Report(new LogProgress(_reported, _total, extent.Segment.Path));
    }

    // Each kind by itself: notes must not hide a defect.
    private void Report(LogFinding finding)
    {
        ref int found = ref finding.IsDefect ? ref _defects : ref _notes;
        if (found++ < MaxFindings)
            _findings.Add(finding);
    }
}
