using Flowgen.Log.Commits;

namespace Flowgen.Log.Storage;

/// <summary>What a commit says of a compaction: which segments take the place of those from one offset to another, and how far the partition is compacted now.</summary>
/// <param name="From">Base offset of the first segment that goes.</param>
/// <param name="To">Offset behind the last one; the same as <paramref name="From"/> where none goes.</param>
/// <param name="Segments">The segments that come; complete and durable.</param>
/// <param name="CleanedTo">See <see cref="Partition.CleanedTo"/>.</param>
/// <param name="OldestTombstone">See <see cref="Partition.OldestTombstone"/>.</param>
internal readonly record struct SegmentsReplaced(long From, long To, IReadOnlyList<Segment> Segments, long CleanedTo, long OldestTombstone)
{
    public static SegmentsReplaced Nothing(Partition partition) => new(0, 0, [], partition.CleanedTo, partition.OldestTombstone);

    public static SegmentsReplaced Read(ref CommitEntryReader reader, Partition partition)
    {
        long from = reader.ReadInt64();
        long to = reader.ReadInt64();
        long cleanedTo = reader.ReadInt64();
        long oldestTombstone = reader.ReadInt64();
        var segments = new List<Segment>();
        for (int left = reader.ReadInt32(); left > 0; left--)
            segments.Add(ReadSegment(ref reader, partition));
        return new SegmentsReplaced(from, to, segments, cleanedTo, oldestTombstone);
    }

    private static Segment ReadSegment(ref CommitEntryReader reader, Partition partition)
    {
        var segment = partition.NewSegment(reader.ReadInt64(), reader.ReadInt32());
        segment.CommittedEnd = reader.ReadInt64();
        segment.NextOffset = reader.ReadInt64();
        segment.MaxTimestamp = reader.ReadInt64();
        return segment;
    }
}
