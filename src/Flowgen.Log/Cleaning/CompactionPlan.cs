using Flowgen.Log.Storage;

namespace Flowgen.Log.Cleaning;

/// <summary>What can be compacted of a partition now: segments from its beginning on, none that is appended to, none that is too young.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Segments">The segments.</param>
/// <param name="DirtyRatio">Which part of their bytes has not been compacted yet.</param>
/// <param name="HasOldTombstones">Whether there are tombstones that need not be kept any longer.</param>
internal sealed record CompactionPlan(Partition Partition, IReadOnlyList<Segment> Segments, double DirtyRatio, bool HasOldTombstones)
{
    public bool IsDue => HasOldTombstones || (DirtyRatio > 0 && DirtyRatio >= Partition.Settings.MinDirtyRatio);

    /// <summary>Offset behind the last record that can be compacted.</summary>
    public long End => Segments[^1].NextOffset;

    /// <summary>Makes the plan, or null if there is nothing to compact. Call it inside the gate.</summary>
    public static CompactionPlan? Of(Partition partition, long now)
    {
        var settings = partition.Settings;
        if (settings.Cleanup == TopicCleanup.Delete || partition.IsDeleted)
            return null;
        var segments = partition.Segments.Where((s, i) => s.IsSealed || i + 1 < partition.Segments.Count).TakeWhile(s => !IsTooYoung(partition, s, now)).ToList();
        if (segments.Count == 0)
            return null;
        long all = segments.Sum(s => s.CommittedEnd);
        long dirty = segments.Where(s => s.NextOffset > partition.CleanedTo).Sum(s => s.CommittedEnd);
        bool hasOldTombstones = partition.OldestTombstone <= now - settings.TombstoneRetention.TotalMilliseconds;
        return new CompactionPlan(partition, segments, (double)dirty / all, hasOldTombstones);
    }

    private static bool IsTooYoung(Partition partition, Segment segment, long now)
    {
        var lag = partition.Settings.MinCompactionLag;
        return segment.NextOffset > partition.CleanedTo && lag > TimeSpan.Zero && segment.MaxTimestamp > now - lag.TotalMilliseconds;
    }
}
