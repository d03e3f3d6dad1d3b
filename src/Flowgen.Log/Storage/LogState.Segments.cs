using Flowgen.Log.Commits;

namespace Flowgen.Log.Storage;

/// <content>Segments of partitions: how far they reach, which are gone, which have taken the place of others.</content>
internal sealed partial class LogState
{
    /// <summary>Bytes of segments that are gone because their records were deleted, since the state is in memory.</summary>
    public long DeletedBytes { get; private set; }

    /// <summary>Bytes that compaction has saved, since the state is in memory.</summary>
    public long CompactedBytes { get; private set; }

    private static void WritePartition(ByteBuffer to, Partition partition)
    {
        long start = partition.Segments.Count > 0 ? partition.Segments[0].BaseOffset : partition.NextOffset;
        if (start > 0)
            to.WritePartitionStart(partition, start);
        foreach (var segment in partition.Segments)
            to.WriteSegmentEnd(partition, segment, segment.CommittedEnd, segment.NextOffset, segment.MaxTimestamp);
        to.WriteFirstOffset(partition, partition.FirstOffset);
        if (partition.CleanedTo > 0)
            to.WriteSegmentsReplaced(partition, SegmentsReplaced.Nothing(partition));
    }

    private void ApplySegmentEnd(ref CommitEntryReader reader)
    {
        var partition = PartitionOf(ref reader);
        long baseOffset = reader.ReadInt64();
        int generation = reader.ReadInt32();
        long end = reader.ReadInt64();
        long nextOffset = reader.ReadInt64();
        long maxTimestamp = reader.ReadInt64();
        var segment = SegmentAt(partition, baseOffset, generation);
        if (end < segment.CommittedEnd || end < SegmentHeader.Size || nextOffset < segment.NextOffset)
            throw Contradiction($"the segment {baseOffset} of {partition} shrinks from {segment.CommittedEnd} to {end} bytes");
        var (formerEnd, formerOffset) = (segment.CommittedEnd, segment.NextOffset);
        segment.CommittedEnd = end;
        segment.NextOffset = nextOffset;
        segment.MaxTimestamp = maxTimestamp;
        partition.NextOffset = nextOffset;
        Grown?.Invoke(new SegmentGrowth(partition, segment, formerEnd, formerOffset));
    }

    private Segment SegmentAt(Partition partition, long baseOffset, int generation)
    {
        var last = partition.Segments.Count > 0 ? partition.Segments[^1] : null;
        if (last?.BaseOffset == baseOffset && last.Generation == generation)
            return last;
        if (baseOffset != partition.NextOffset)
            throw Contradiction($"the segment {baseOffset} of {partition} does not continue at {partition.NextOffset}");
        var segment = _written.TryGetValue((partition, baseOffset), out var open) ? open : partition.NewSegment(baseOffset, generation);
        if (last is null)
            partition.FirstOffset = baseOffset;
        partition.Segments.Add(segment);
        return segment;
    }

    private void ApplyFirstOffset(ref CommitEntryReader reader)
    {
        var partition = PartitionOf(ref reader);
        long firstOffset = reader.ReadInt64();
        if (firstOffset < partition.FirstOffset || firstOffset > partition.NextOffset)
            throw Contradiction($"{partition} cannot start at {firstOffset}: it holds {partition.FirstOffset} to {partition.NextOffset}");
        int dropped = partition.Segments.FindIndex(s => s.NextOffset > firstOffset);
        if (dropped < 0)
            dropped = Math.Max(partition.Segments.Count - 1, 0);
        Delete(partition.Segments[..dropped]);
        partition.Segments.RemoveRange(0, dropped);
        partition.FirstOffset = firstOffset;
    }

    // As FirstOffset, but the last segment goes, too, if all of its records do: nobody appends to it any more.
    private void ApplyPartitionStart(ref CommitEntryReader reader)
    {
        var partition = PartitionOf(ref reader);
        long start = reader.ReadInt64();
        bool isEmpty = partition.Segments.Count == 0;
        if (start < partition.FirstOffset || (start > partition.NextOffset && !isEmpty))
            throw Contradiction($"{partition} cannot start at {start}: it holds {partition.FirstOffset} to {partition.NextOffset}");
        Delete(partition.Segments.FindAll(s => s.NextOffset <= start));
        partition.Segments.RemoveAll(s => s.NextOffset <= start);
        partition.FirstOffset = start;
        partition.NextOffset = Math.Max(partition.NextOffset, start);
    }

    private void Delete(List<Segment> segments)
    {
        DeletedBytes += segments.Sum(s => s.CommittedEnd);
        Dropped.AddRange(segments);
    }

    private void ApplySegmentsReplaced(ref CommitEntryReader reader)
    {
        var partition = PartitionOf(ref reader);
        var replaced = SegmentsReplaced.Read(ref reader, partition);
        if (replaced.To > replaced.From)
            Replace(partition, replaced);
        partition.CleanedTo = replaced.CleanedTo;
        partition.OldestTombstone = replaced.OldestTombstone;
    }

    private void Replace(Partition partition, in SegmentsReplaced replaced)
    {
        var (from, to) = (replaced.From, replaced.To);
        int first = partition.Segments.FindIndex(s => s.BaseOffset == from);
        int last = partition.Segments.FindIndex(s => s.NextOffset == to);
        bool isContiguous = replaced.Segments.Count > 0 && replaced.Segments[0].BaseOffset == from && replaced.Segments[^1].NextOffset == to;
        for (int i = 1; i < replaced.Segments.Count; i++)
            isContiguous &= replaced.Segments[i].BaseOffset == replaced.Segments[i - 1].NextOffset;
        if (first < 0 || last < first || !isContiguous)
            throw Contradiction($"the compacted segments {from} to {to} of {partition} do not cover what they replace");
        var former = partition.Segments[first..(last + 1)];
        CompactedBytes += former.Sum(s => s.CommittedEnd) - replaced.Segments.Sum(s => s.CommittedEnd);
        Dropped.AddRange(former);
        partition.Segments.RemoveRange(first, last + 1 - first);
        partition.Segments.InsertRange(first, replaced.Segments);
    }
}
