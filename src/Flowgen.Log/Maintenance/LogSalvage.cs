using System.Diagnostics.CodeAnalysis;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Maintenance;

/// <summary>
/// Copies what is whole of a damaged log to a new directory. Where records are lost an empty batch stands for their offsets, so that every
/// other record and every committed offset of a group keeps its place. The damaged log stays as it is.
/// </summary>
internal sealed class LogSalvage(IFileSystem files, LogLayout source, LogLayout target, TimeProvider time, IProgress<LogProgress>? progress, CancellationToken cancellationToken)
{
    private readonly List<LostRange> _lost = [];
    private readonly List<LogFinding> _findings = [];
    private readonly HashSet<(string, long)> _unreadable = [];
    private readonly long _now = time.GetUtcNow().ToUnixTimeMilliseconds();
    private long _records;
    private long _done;

    /// <summary>Takes every whole batch for committed, without asking the commit files.</summary>
    public bool FromSegments { get; init; }

    public SalvageReport Run()
    {
        var disk = new UnreadableAsZeros(files, NoteUnreadable);
        var state = FromSegments ? new StateFromSegments(disk, source, _findings.Add).Read() : StateFromCommits(disk);
        var extents = state.Topics.SelectMany(t => t.Partitions).SelectMany(p => p.Segments.Select(s => SegmentExtent.Of(p, s))).ToList();
        long total = extents.Sum(e => e.End);
        var beyond = FromSegments || !_findings.Exists(f => f.IsDefect && f.Check is "commit-file" or "commit-lost") ? [] : BehindTheCommits(disk, state).ToList();
        var copy = new LogBackup(files, target, time, null, cancellationToken);
        copy.CreateDirectories(state);
        foreach (var extent in extents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Salvage(extent);
            progress?.Report(new LogProgress(_done += extent.End, total, extent.Segment.Path));
        }

        copy.Complete(state);
        _lost.AddRange(beyond);
        return new SalvageReport(_lost, _findings, _records, extents.Sum(e => e.Segment.CommittedEnd)) { Uncertain = FromSegments ? Partitions(extents) : [] };
    }

    private LogState StateFromCommits(IFileSystem disk)
    {
        var inspection = new LogInspection(disk, source, _findings.Add);
        inspection.Run();
        return inspection.LastCommit > 0
            ? inspection.State
            : throw new LogCorruptionException($"No commit file in '{source.Commits}' can be read, so that nobody knows what of the segments is committed: {_findings.FirstOrDefault()?.Message} To take all that is whole in them, with records that may never have been committed, say 'flow salvage --from-segments' ({nameof(FlowLog)}.{nameof(FlowLog.SalvageFromSegments)}).");
    }

    // Whole batches that no commit names which can be read. They may be acknowledged, or the rests of what was never committed, or of a deleted topic.
    private IEnumerable<LostRange> BehindTheCommits(IFileSystem disk, LogState state)
    {
        foreach (var partition in new StateFromSegments(disk, source, _ => { }).Read().Topics.SelectMany(t => t.Partitions))
        {
            bool isKnown = state.TryGetTopic(partition.Topic, out var topic) && partition.Index < topic.Partitions.Length;
            long first = Math.Max(partition.FirstOffset, isKnown ? topic.Partitions[partition.Index].NextOffset : 0);
            if (first < partition.NextOffset)
                yield return new LostRange(partition.Topic, partition.Index, first, partition.NextOffset, "The segments hold whole batches, but the commit log is damaged before it could name them. 'flow salvage --from-segments' takes them, with what may never have been committed.");
        }
    }

    private void NoteUnreadable(string path, long position, IOException cause)
    {
        if (_unreadable.Add((path, position)))
            _findings.Add(new LogFinding(true, "unreadable", path, position, cause.Message));
    }

    private static List<TopicPartition> Partitions(List<SegmentExtent> extents) =>
        [.. extents.Select(e => new TopicPartition(e.Partition.Topic, e.Partition.Index)).Distinct()];

    // The state then says how far the new segment reaches.
    private void Salvage(SegmentExtent extent)
    {
        string path = Path.Combine(target.Partition(extent.Partition.Topic, extent.Partition.Index), Path.GetFileName(extent.Segment.Path));
        using var file = files.Open(path, FileOpenMode.Create);
        var header = new byte[SegmentHeader.Size];
        SegmentHeader.Write(header, extent.Partition.TopicId, extent.Partition.Index, extent.Segment.BaseOffset);
        file.Write(0, header);
        var segment = new NewSegment(file, header.Length, long.MinValue);
        if (TryAcquire(extent.Segment, out var old, out string? reason))
        {
            segment = Copy(extent, old, segment);
            extent.Segment.Release();
        }
        else
        {
            segment = Fill(extent, segment, extent.Segment.BaseOffset, extent.NextOffset, reason);
        }

        file.Truncate(segment.End);
        file.Sync();
        extent.Segment.CommittedEnd = segment.End;
        extent.Segment.MaxTimestamp = segment.MaxTimestamp;
    }

    private static bool TryAcquire(Segment segment, [NotNullWhen(true)] out IFile? file, [NotNullWhen(false)] out string? reason)
    {
        (file, reason) = (null, null);
        try
        {
            file = segment.Acquire();
            return true;
        }
        catch (IOException e)
        {
            reason = e.Message;
            return false;
        }
    }

    private readonly record struct NewSegment(IFile File, long End, long MaxTimestamp);

    private NewSegment Copy(SegmentExtent extent, IFile old, NewSegment segment)
    {
        using var walk = new SegmentWalk(extent);
        while (walk.TryNext())
        {
            string? defect = walk.Defect ?? BatchCheck.FindDefect(walk.Batch);
            if (defect is not null)
            {
                segment = Fill(extent, segment, walk.ExpectedOffset, walk.NextOffset, defect);
                continue;
            }

            var batch = new byte[walk.NextPosition - walk.Position];
            if (old.Read(walk.Position, batch) < batch.Length || !BatchHeader.CrcIsRight(batch, out _, out _))
            {
                segment = Fill(extent, segment, walk.ExpectedOffset, walk.NextOffset, "The bytes read differently each time.");
                continue;
            }

            segment.File.Write(segment.End, batch);
            _records += walk.Batch.Count;
            segment = segment with { End = segment.End + batch.Length, MaxTimestamp = Math.Max(segment.MaxTimestamp, walk.Batch.MaxTimestamp) };
        }

        return Fill(extent, segment, walk.NextOffset, extent.NextOffset, "The segment ends before the last offset that was committed.");
    }

    private NewSegment Fill(SegmentExtent extent, NewSegment segment, long firstOffset, long nextOffset, string reason)
    {
        if (firstOffset >= nextOffset)
            return segment;
        AddLost(new LostRange(extent.Partition.Topic, extent.Partition.Index, firstOffset, nextOffset, reason));
        var batch = new ByteBuffer();
        while (firstOffset < nextOffset)
        {
            long until = Math.Min(nextOffset, firstOffset + int.MaxValue);
            batch.Clear();
            EmptyBatch.Write(firstOffset, until, _now, batch);
            BatchHeader.Seal(batch.Array.AsSpan(0, batch.Length), firstOffset, _now);
            segment.File.Write(segment.End, batch.Written);
            segment = segment with { End = segment.End + batch.Length };
            firstOffset = until;
        }

        return segment;
    }

    private void AddLost(LostRange range)
    {
        bool continues = _lost.Count > 0 && _lost[^1] is var last && (last.Topic, last.Partition, last.NextOffset) == (range.Topic, range.Partition, range.FirstOffset);
        if (continues)
            _lost[^1] = _lost[^1] with { NextOffset = range.NextOffset };
        else
            _lost.Add(range);
    }
}
