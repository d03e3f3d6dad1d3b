using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>
/// Where batches of a segment start, one entry for at least every 4 KiB (Kafka's <c>index.interval.bytes</c>), by offset and by the largest
/// timestamp before, which both only rise: so one list serves both searches. It is derived from the segment, up to where it was read.
/// </summary>
internal sealed class SegmentIndex
{
    public const int IntervalBytes = 4096;

    private IndexEntry[] _entries;

    public SegmentIndex(long baseOffset)
        : this([new IndexEntry(baseOffset, SegmentHeader.Size, long.MinValue)], SegmentHeader.Size, baseOffset, long.MinValue)
    {
    }

    public SegmentIndex(IndexEntry[] entries, long end, long nextOffset, long maxTimestamp)
    {
        _entries = entries;
        Count = entries.Length;
        End = end;
        NextOffset = nextOffset;
        MaxTimestamp = maxTimestamp;
    }

    public int Count { get; private set; }

    public ReadOnlySpan<IndexEntry> Entries => _entries.AsSpan(0, Count);

    /// <summary>Where in the file the part ends that is indexed.</summary>
    public long End { get; private set; }

    /// <summary>Offset behind it.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Largest timestamp in it.</summary>
    public long MaxTimestamp { get; private set; }

    /// <summary>Adds the batch that follows.</summary>
    public void Add(ReadOnlySpan<byte> header)
    {
        if (End - _entries[Count - 1].Position >= IntervalBytes)
        {
            if (Count == _entries.Length)
                Array.Resize(ref _entries, Count * 2);
            _entries[Count++] = new IndexEntry(NextOffset, End, MaxTimestamp);
        }

        End += BatchHeader.Length(header);
        NextOffset = BatchHeader.NextOffset(header);
        MaxTimestamp = Math.Max(MaxTimestamp, BatchHeader.MaxTimestamp(header));
    }

    /// <summary>The last entry at or before an offset.</summary>
    public IndexEntry FindOffset(long offset)
    {
        int low = 0;
        for (int high = Count; high - low > 1;)
        {
            int middle = (low + high) / 2;
            if (_entries[middle].Offset <= offset)
                low = middle;
            else
                high = middle;
        }

        return _entries[low];
    }

    /// <summary>The last entry before which every record is older than a time.</summary>
    public IndexEntry FindTime(long timestamp)
    {
        int low = 0;
        for (int high = Count; high - low > 1;)
        {
            int middle = (low + high) / 2;
            if (_entries[middle].MaxTimestamp < timestamp)
                low = middle;
            else
                high = middle;
        }

        return _entries[low];
    }
}
