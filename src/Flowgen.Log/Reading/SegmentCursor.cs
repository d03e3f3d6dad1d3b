using System.Buffers;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>
/// A position in a segment, and the window of its bytes that lie in memory. The window starts at a batch, so that every batch is aligned in
/// it; it is as large as what is to be read, up to a bound, and grows to the largest batch met. Its memory comes from the shared pool.
/// </summary>
internal sealed class SegmentCursor(Partition partition, int windowBytes, int maxBatchBytes)
{
    private const int MinWindowBytes = 4 << 10;

    private byte[] _window = [];
    private byte[] _plain = []; // the last batch that was decompressed
    private long _windowStart; // in the file
    private int _windowLength;
    private int _storedStart; // of the last batch, in the window
    private int _storedLength;
    private long _position; // in the file
    private long _end; // committed end in the file
    private long _nextOffset; // offset that the batch at the position must have
    private SegmentExtent _extent;
    private Segment? _segment;
    private IFile? _file;

    /// <summary>The bytes of the last batch that was read, as they are stored.</summary>
    public ReadOnlySpan<byte> Stored => _window.AsSpan(_storedStart, _storedLength);

    /// <summary>Memory that is in use.</summary>
    public int HeldBytes => _window.Length + _plain.Length;

    public bool HasMore => _position < _end;

    /// <summary>Goes on in the same segment, or to the beginning of another one. Call it inside the gate, so that the segment is not deleted meanwhile.</summary>
    public void MoveTo(in SegmentExtent extent)
    {
        var segment = extent.Segment;
        if (!ReferenceEquals(segment, _segment))
        {
            Leave();
            _file = segment.Acquire();
            _segment = segment;
            _position = SegmentHeader.Size;
            _nextOffset = segment.BaseOffset;
        }

        _extent = extent;
        _end = extent.End;
    }

    /// <summary>Where the next batch starts.</summary>
    public long Position => _position;

    /// <summary>Goes to a place in the segment at which a batch with an offset is expected.</summary>
    public void GoTo(long position, long offset) => (_position, _nextOffset) = (position, offset);

    public void Leave()
    {
        _segment?.Release();
        _segment = null;
        _file = null;
        _position = _end = 0;
        _windowLength = 0;
    }

    /// <summary>Gives the memory back until there is more to read. The last batch is not valid any more.</summary>
    public void GiveBack()
    {
        Return(_window);
        Return(_plain);
        _window = _plain = [];
        _windowLength = 0;
    }

    /// <summary>Skips the batches that end before an offset: with the index, then by looking at their headers.</summary>
    public void SkipTo(long offset, SegmentIndexes indexes)
    {
        if (offset > _nextOffset && _end - _position > SegmentIndex.IntervalBytes)
            Jump(offset, indexes);
        while (HasMore && _nextOffset < offset)
        {
            var header = Header();
            long next = BatchHeader.NextOffset(header);
            if (next > offset)
                return;
            _position += BatchHeader.Length(header);
            _nextOffset = next;
        }
    }

    // An index that leads to a place where no such batch starts is built again, from the segment; if that does not help the segment is
    // damaged, and reading on from where the cursor is says so.
    private void Jump(long offset, SegmentIndexes indexes)
    {
        for (int attempt = 0; attempt < 2; attempt++)
        {
            var entry = indexes.FindOffset(_extent, _file!, offset);
            if (entry.Position <= _position)
                return;
            if (StartsAt(entry))
            {
                (_position, _nextOffset) = (entry.Position, entry.Offset);
                return;
            }

            indexes.Distrust(_segment!);
        }
    }

    private bool StartsAt(IndexEntry entry)
    {
        if (entry.Offset <= _nextOffset || _end - entry.Position < BatchFormat.HeaderSize)
            return false;
        Span<byte> header = stackalloc byte[BatchFormat.HeaderSize];
        return _file!.Read(entry.Position, header) == header.Length && BatchHeader.Defect(header, _end - entry.Position) is null
            && BatchHeader.BaseOffset(header) == entry.Offset;
    }

    /// <summary>Takes the batch at the position and checks its CRC.</summary>
    public RecordBatch Read(long fromOffset)
    {
        int length = BatchHeader.Length(Header());
        int start = Ensure(length);
        (_storedStart, _storedLength) = (start, length);
        var bytes = _window.AsSpan(start, length);
        if (!BatchHeader.CrcIsRight(bytes, out uint expected, out uint actual))
            throw Damaged($"expected CRC {expected:x8}, actual {actual:x8}");
        if (BatchHeader.Unreadable(bytes) is { } reason)
            throw new LogFormatException($"'{_segment!.Path}' has at position {_position} {reason}. Open the log with a newer Flowgen.");
        if (BatchHeader.Contradiction(bytes) is { } contradiction)
            throw Damaged($"the batch contradicts itself although its CRC is right: {contradiction}");
        var batch = BatchCompression.Of(bytes) == CompressionType.None ? View(_window, start, length, fromOffset) : Decompressed(bytes, fromOffset);
        _position += length;
        _nextOffset = batch.LastOffset + 1;
        return batch;
    }

    private RecordBatch Decompressed(ReadOnlySpan<byte> batch, long fromOffset)
    {
        byte[] former = _plain;
        string? defect = BatchCompression.Decompress(batch, ref _plain, maxBatchBytes, out int length);
        if (!ReferenceEquals(former, _plain))
            Return(former);
        return defect is null ? View(_plain, 0, length, fromOffset) : throw Damaged($"{defect}, although its CRC is right");
    }

    private RecordBatch View(byte[] buffer, int start, int length, long fromOffset)
    {
        var bytes = buffer.AsSpan(start, length);
        if (BatchOffsets.HasColumn(bytes) && BatchOffsets.Contradict(bytes))
            throw Damaged("the batch contradicts itself although its CRC is right: its offsets do not rise");
        BatchHeader.ShowAppendTime(bytes);
        return new RecordBatch(buffer, start, length, partition.Topic, partition.Index, BatchOffsets.IndexOf(bytes, fromOffset));
    }

    private ReadOnlySpan<byte> Header()
    {
        if (_end - _position < BatchFormat.HeaderSize)
            throw Damaged($"{_end - _position} bytes remain, fewer than the header of a batch");
        int start = Ensure(BatchFormat.HeaderSize); // may replace the window
        var header = _window.AsSpan(start, BatchFormat.HeaderSize);
        if (BatchHeader.Defect(header, _end - _position) is { } defect)
            throw Damaged(defect);
        if (BatchHeader.BaseOffset(header) != _nextOffset)
            throw Damaged($"the batch has base offset {BatchHeader.BaseOffset(header)}, expected {_nextOffset}");
        return header;
    }

    // Where the bytes at the position are in the window, which holds at least so many of them afterwards.
    private int Ensure(int count)
    {
        long start = _position - _windowStart;
        if (start >= 0 && start + count <= _windowLength)
            return (int)start;
        GrowWindow(count);
        int wanted = (int)Math.Min(_window.Length, _end - _position);
        _windowLength = _file!.Read(_position, _window.AsSpan(0, wanted));
        _windowStart = _position;
        return _windowLength >= count ? 0 : throw Damaged($"the file ends at {_position + _windowLength}, but is committed up to {_end}");
    }

    // Small partitions need small windows; a window that has grown stays until it is given back.
    private void GrowWindow(int count)
    {
        int wanted = Math.Max(count, (int)Math.Min(windowBytes, _end - _position));
        if (_window.Length >= wanted)
            return;
        Return(_window);
        _window = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, MinWindowBytes));
    }

    private static void Return(byte[] buffer)
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private LogCorruptionException Damaged(string what) =>
        new($"'{_segment!.Path}' is damaged at position {_position} (offset {_nextOffset} of {partition}): {what}. Nothing was changed; restore the file from a backup.");
}
