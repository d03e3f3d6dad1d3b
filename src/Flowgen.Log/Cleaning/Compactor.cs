using Flowgen.Log.Commits;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Cleaning;

/// <summary>
/// Compacts one partition, in the way of Kafka's log cleaner: notes the newest offset of each key in the part that is not compacted yet, then
/// writes the segments from the first on anew without the records that are older than what was noted, small ones together. Each new segment
/// takes the place of the old ones in one commit. Because that happens from the oldest to the newest, and a newer record of a key never goes
/// before an older one, it can be interrupted after any commit.
/// </summary>
internal sealed class Compactor(FlowLog log, Partition partition, IoBudget budget, CancellationToken cancellationToken)
{
    private const int WindowBytes = 256 << 10;

    private readonly SegmentCursor _cursor = new(partition, WindowBytes, log.Options.MaxBatchBytes);
    private long _oldestTombstone = long.MaxValue;
    private bool _isOvertaken; // a segment was deleted meanwhile, or the topic: the next run looks anew

    /// <summary>Compacts what can be compacted, in as many passes as the keys need.</summary>
    /// <exception cref="LogPoisonedException">The log takes nothing any more.</exception>
    public void Run()
    {
        log.Pipeline.ThrowIfPoisoned(); // not to read what nothing can be made of
        try
        {
            CompactionPlan? plan;
            do
                plan = Plan();
            while (plan is not null && Pass(plan) < plan.End && !_isOvertaken);
        }
        finally
        {
            _cursor.Leave();
        }
    }

    private CompactionPlan? Plan()
    {
        lock (log.State.Gate)
            return CompactionPlan.Of(partition, Now());
    }

    // One pass; the offset up to which the partition is compacted then.
    private long Pass(CompactionPlan plan)
    {
        long start;
        lock (log.State.Gate)
            start = Math.Max(partition.CleanedTo, partition.FirstOffset);
        var newest = new KeyOffsets(log.Options.CompactionMemoryBytes, Math.Max(0, plan.End - start));
        long end = NoteKeys(plan, start, newest);
        _oldestTombstone = long.MaxValue;
        var filter = Filter(newest, end);
        var segments = plan.Segments.TakeWhile(s => s.BaseOffset < end).ToList();
        for (int from = 0; from < segments.Count && !_isOvertaken;)
            from += Replace(segments, from, filter, end);
        return end;
    }

    // Notes keys from an offset on, until there is no room for another one. Returns the offset behind the last record noted.
    private long NoteKeys(CompactionPlan plan, long start, KeyOffsets newest)
    {
        foreach (var segment in plan.Segments.Where(s => s.NextOffset > start))
        {
            if (!TryOpen(segment))
                return start;
            while (_cursor.HasMore)
            {
                var batch = Read();
                for (int i = batch.LastOffset < start ? batch.Count : 0; i < batch.Count; i++)
                {
                    var record = batch[i];
                    if (record.HasKey && record.Offset >= start && !newest.TryPut(record.Key, record.Offset))
                        return record.Offset;
                }
            }
        }

        return plan.End;
    }

    // Writes one segment, from as many old ones as fit into it. Returns how many those are.
    private int Replace(List<Segment> segments, int from, RecordFilter filter, long cleanedTo)
    {
        long maxBytes = partition.Settings.SegmentBytes ?? log.Options.SegmentBytes;
        using var target = TryBegin(segments[from]);
        if (target is null)
            return 0;
        int count = 0;
        do
        {
            if (!TryCopy(segments[from + count], target, filter))
                return count;
            count++;
        }
        while (from + count < segments.Count && target.Length + segments[from + count].CommittedEnd <= maxBytes);

        var old = segments.GetRange(from, count);
        var compacted = target.Finish(old[^1].NextOffset);
        _oldestTombstone = Math.Min(_oldestTombstone, target.OldestTombstone);
        _isOvertaken = !TrySwap(target, () => Swap(old, compacted, isLast: from + count == segments.Count, cleanedTo));
        return count;
    }

    private CompactedSegment? TryBegin(Segment first)
    {
        CompactedSegment? target = null;
        _isOvertaken |= !log.WhileItStays(partition, () => target = new CompactedSegment(log, partition, first, budget, cancellationToken));
        return target;
    }

    private bool TrySwap(CompactedSegment target, Func<CommitRequest?> swap)
    {
        bool isSwapped = false;
        log.WhileItStays(partition, () =>
        {
            target.MakeNameDurable();
            isSwapped = TryCommit(target, swap);
        });
        return isSwapped;
    }

    // A commit whose outcome nobody knows may name the segment: then it stays.
    private bool TryCommit(CompactedSegment target, Func<CommitRequest?> swap)
    {
        target.Keep(true);
        try
        {
            bool isSwapped = log.TryChange(partition, swap);
            target.Keep(isSwapped);
            return isSwapped;
        }
        catch (LogWriteException)
        {
            target.Keep(false);
            throw;
        }
    }

    private bool TryCopy(Segment segment, CompactedSegment target, RecordFilter filter)
    {
        if (!TryOpen(segment))
            return false;
        while (_cursor.HasMore)
        {
            var batch = Read();
            filter.Look(in batch);
            target.Add(in batch, _cursor.Stored, filter);
        }

        return true;
    }

    private CommitRequest? Swap(List<Segment> old, Segment compacted, bool isLast, long cleanedTo)
    {
        if (!old.TrueForAll(partition.Segments.Contains))
            return null;
        var request = new CommitRequest();
        request.Entries.WriteSegmentsReplaced(partition, new SegmentsReplaced(
            old[0].BaseOffset, old[^1].NextOffset, [compacted],
            isLast ? cleanedTo : partition.CleanedTo,
            isLast ? _oldestTombstone : Math.Min(_oldestTombstone, partition.OldestTombstone)));
        return request;
    }

    // A segment that retention has dropped meanwhile is not opened.
    private bool TryOpen(Segment segment)
    {
        lock (log.State.Gate)
        {
            _isOvertaken |= partition.IsDeleted || !partition.Segments.Contains(segment);
            if (!_isOvertaken)
            {
                _cursor.Leave();
                _cursor.MoveTo(SegmentExtent.Of(partition, segment));
            }
        }

        return !_isOvertaken;
    }

    private RecordBatch Read()
    {
        var batch = _cursor.Read(0);
        budget.Spend(_cursor.Stored.Length, cancellationToken);
        return batch;
    }

    private RecordFilter Filter(KeyOffsets newest, long end)
    {
        lock (log.State.Gate)
            return new RecordFilter(newest, partition.Settings.TombstoneRetention, Now(), end, partition.FirstOffset, partition.NextOffset - 1);
    }

    private long Now() => log.Options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
}
