using Flowgen.Log.Commits;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Cleaning;

/// <summary>
/// Deletes whole segments from the beginning of partitions: those whose largest timestamp is older than the retention, and those that make
/// a partition larger than it may be. Where all records of a partition go, the segment that is appended to is ended and goes, too. Ends
/// segments that have reached their age, so that compaction gets to them although nothing is appended.
/// </summary>
internal sealed class RetentionJob(FlowLog log) : IHousekeepingJob
{
    public string Name => "retention";

    public TimeSpan Interval => log.Options.RetentionCheckInterval;

    public void Run(CancellationToken cancellationToken)
    {
        foreach (var partition in log.PartitionsToClean())
        {
            cancellationToken.ThrowIfCancellationRequested();
            log.Try(this, partition, () => Clean(partition));
        }
    }

    private void Clean(Partition partition)
    {
        long now = log.Options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        if (partition.Settings.Cleanup != TopicCleanup.Compact)
            log.TryChange(partition, () => DropExpired(partition, now));
        if (IsOld(partition, now))
            log.TryChange(partition, () => new CommitRequest { Change = WriterChange.Seal(partition) });
    }

    private static CommitRequest? DropExpired(Partition partition, long now)
    {
        int expired = Math.Max(ExpiredByTime(partition, now), ExpiredBySize(partition));
        if (expired == 0)
            return null;
        long offset = partition.Segments[expired - 1].NextOffset;
        bool everything = expired == partition.Segments.Count;
        var request = new CommitRequest { Change = everything ? WriterChange.Seal(partition) : null };
        if (everything)
            request.Entries.WritePartitionStart(partition, offset); // what is appended meanwhile is behind it, and stays
        else
            request.Entries.WriteFirstOffset(partition, Math.Max(offset, partition.FirstOffset));
        return request;
    }

    private static int ExpiredByTime(Partition partition, long now)
    {
        if (partition.Settings.Retention is not { } retention)
            return 0;
        int kept = partition.Segments.FindIndex(s => s.MaxTimestamp >= now - retention.TotalMilliseconds);
        return kept < 0 ? partition.Segments.Count : kept;
    }

    private static int ExpiredBySize(Partition partition)
    {
        if (partition.Settings.RetentionBytes is not { } bound)
            return 0;
        long surplus = partition.Segments.Sum(s => s.CommittedEnd) - bound;
        int expired = 0;
        while (expired < partition.Segments.Count && surplus >= partition.Segments[expired].CommittedEnd)
            surplus -= partition.Segments[expired++].CommittedEnd;
        return expired;
    }

    private bool IsOld(Partition partition, long now)
    {
        Segment? last;
        lock (log.State.Gate)
            last = partition is { IsDeleted: false, Segments.Count: > 0 } ? partition.Segments[^1] : null;
        return last is { IsSealed: false } && now - last.FirstAppendedAt() >= partition.Settings.SegmentAge.TotalMilliseconds;
    }
}
