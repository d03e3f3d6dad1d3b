namespace Flowgen.Log.Cleaning;

/// <summary>
/// Says which records of a batch stay: the newest of each key, unless it is a tombstone that has been there for its time since compaction met
/// it; of the part that is not compacted yet, every one. The last record of the partition stays, whatever it is, so that who reads to the end
/// of the partition gets there.
/// </summary>
/// <param name="newest">Newest offset of each key of the part that the pass compacts.</param>
/// <param name="tombstoneRetention">How long tombstones stay.</param>
/// <param name="now">When the pass began, in Unix milliseconds.</param>
/// <param name="end">Offset behind the part that the pass compacts.</param>
/// <param name="firstOffset">Records before it are deleted.</param>
/// <param name="lastOffset">Offset of the last record of the partition.</param>
internal sealed class RecordFilter(KeyOffsets newest, TimeSpan tombstoneRetention, long now, long end, long firstOffset, long lastOffset)
{
    /// <summary>A batch that holds records which are not compacted yet was not met by compaction.</summary>
    public const long NotYet = -1;

    private int[] _kept = [];

    /// <summary>Indexes of the records that stay.</summary>
    public ReadOnlySpan<int> Kept => _kept.AsSpan(0, KeptCount);

    public int KeptCount { get; private set; }

    /// <summary>Whether a tombstone stays that has to go some time.</summary>
    public bool KeepsTombstone { get; private set; }

    /// <summary>When compaction met the whole batch first, in Unix milliseconds: now, if this is the first time.</summary>
    public long CleanedAt { get; private set; }

    /// <summary>Looks at a batch.</summary>
    /// <param name="batch">The batch.</param>
    public void Look(in RecordBatch batch)
    {
        if (_kept.Length < batch.Count)
            _kept = new int[Math.Max(batch.Count, 2 * _kept.Length)];
        KeptCount = 0;
        KeepsTombstone = false;
        long cleanedBefore = batch.HasOffsetColumn ? BatchOffsets.CleanedAt(batch.Bytes) : NotYet;
        bool isCompacted = batch.Count > 0 && batch.OffsetAt(batch.Count - 1) < end;
        CleanedAt = isCompacted && cleanedBefore == NotYet ? now : cleanedBefore;
        bool dropsTombstones = cleanedBefore != NotYet && cleanedBefore <= now - tombstoneRetention.TotalMilliseconds;
        for (int i = 0; i < batch.Count; i++)
        {
            var record = batch[i];
            if (!Stays(in record, dropsTombstones))
                continue;
            _kept[KeptCount++] = i;
            KeepsTombstone |= record.IsTombstone && record.Offset != lastOffset;
        }
    }

    private bool Stays(in LogRecord record, bool dropsTombstones)
    {
        long offset = record.Offset;
        if (offset < firstOffset)
            return false;
        if (offset == lastOffset)
            return true;
        if (!record.HasKey)
            return offset >= end;
        if (record.IsTombstone && dropsTombstones && offset < end)
            return false;
        return offset >= newest.Find(record.Key);
    }
}
