using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Maintenance;

/// <summary>Checks one segment: its header, each batch and record, how far it reaches, and its index.</summary>
internal sealed class SegmentCheck(IFileSystem files, SegmentExtent extent, Action<LogFinding> report)
{
    private long _maxTimestamp = long.MinValue;

    public long Batches { get; private set; }

    public long Records { get; private set; }

    /// <summary>Called with the position reached.</summary>
    public Action<long> Reached { get; init; } = _ => { };

    /// <summary>Whether the segment has to end where it is committed.</summary>
    public bool MayHaveTail { get; init; }

    public void Run()
    {
        extent.Segment.Use(CheckFile);
        using var walk = new SegmentWalk(extent);
        while (walk.TryNext())
        {
            Check(walk);
            Reached(walk.NextPosition);
        }

        if (walk.NextOffset != extent.NextOffset)
            Report("segment-end", extent.End, $"The last record has offset {walk.NextOffset - 1}, but the commit log says {extent.NextOffset - 1}.");
        if (_maxTimestamp > extent.MaxTimestamp)
            Report("segment-end", extent.End, $"A record has time {_maxTimestamp}, but the commit log says that none is later than {extent.MaxTimestamp}.");
        CheckIndex();
    }

    private void CheckFile(IFile file)
    {
        if (file.Length < extent.End)
            Report("segment-short", file.Length, $"The file ends at {file.Length}, but is committed up to {extent.End}.");
        if (file.Length > extent.End && !MayHaveTail)
            Report("segment-tail", extent.End, $"The file ends at {file.Length}, behind its committed end {extent.End}.");
        Span<byte> header = stackalloc byte[SegmentHeader.Size];
        header.Clear();
        file.Read(0, header);
        try
        {
            SegmentHeader.Check(header, extent.Segment.Path, extent.Partition.TopicId, extent.Partition.Index, extent.Segment.BaseOffset);
        }
        catch (FlowLogException e)
        {
            Report("segment-header", 0, e.Message);
        }
    }

    private void Check(SegmentWalk walk)
    {
        if (walk.IsGap)
            Report("offset-gap", walk.Position, $"Offset {walk.NextOffset} follows, where {walk.ExpectedOffset} is expected.");
        else if (walk.Defect is not null)
            Report("batch", walk.Position, walk.Defect);
        else
            Check(walk.Batch, walk.Position);
    }

    private void Check(in RecordBatch batch, long position)
    {
        Batches++;
        Records += batch.Count;
        _maxTimestamp = Math.Max(_maxTimestamp, batch.MaxTimestamp);
        if (BatchCheck.FindDefect(batch) is { } defect)
            Report("record", position, defect);
    }

    // An index is derived: one that does not fit costs time, not data.
    private void CheckIndex()
    {
        if (!extent.IsSealed || (!IndexFile.TryRead(files, extent, out var index, out string? defect) && defect is null))
            return;
        if (index is not null)
        {
            var right = new SegmentIndex(extent.Segment.BaseOffset);
            extent.Segment.Use(file => IndexBuilder.Extend(right, file, extent.End));
            defect = right.End == extent.End && !right.Entries.SequenceEqual(index.Entries) ? "it does not say where the batches are" : null;
        }

        if (defect is not null)
            report(new LogFinding(false, "index", extent.Segment.IndexPath, null, $"The index does not fit: {defect}. It is built again when it is needed."));
    }

    private void Report(string check, long position, string message) => report(new LogFinding(true, check, extent.Segment.Path, position, message));
}
