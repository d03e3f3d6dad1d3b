using Flowgen.Log.Files;

namespace Flowgen.Log.Maintenance;

/// <summary>
/// Goes through a segment from its first batch to its end, and goes on behind what is damaged: at the next place where a whole batch with a
/// right CRC starts.
/// </summary>
internal sealed class SegmentWalk : IDisposable
{
    private const int WindowBytes = 256 << 10;
    private const int MaxBatchBytes = 1 << 30;

    private readonly SegmentExtent _extent;
    private readonly SegmentCursor _cursor;
    private readonly IFile _file;

    public SegmentWalk(in SegmentExtent extent)
    {
        _extent = extent;
        _cursor = new SegmentCursor(extent.Partition, WindowBytes, MaxBatchBytes);
        _file = extent.Segment.Acquire();
        NextPosition = Storage.SegmentHeader.Size;
        NextOffset = extent.Segment.BaseOffset;
        try
        {
            _cursor.MoveTo(extent);
        }
        catch
        {
            extent.Segment.Release();
            throw;
        }
    }

    /// <summary>Where the stretch at hand starts.</summary>
    public long Position { get; private set; }

    /// <summary>Where the next one starts.</summary>
    public long NextPosition { get; private set; }

    /// <summary>Offset that was expected at the stretch at hand.</summary>
    public long ExpectedOffset { get; private set; }

    /// <summary>Offset that is expected at the next one.</summary>
    public long NextOffset { get; private set; }

    /// <summary>The batch at hand, if <see cref="Defect"/> is null; valid until the next step.</summary>
    public RecordBatch Batch { get; private set; }

    /// <summary>What is wrong with the stretch at hand, or null.</summary>
    public string? Defect { get; private set; }

    /// <summary>Whether the stretch at hand is a place between two batches that are whole, where records are missing.</summary>
    public bool IsGap { get; private set; }

    /// <summary>Takes the next stretch: a batch, or bytes that are none.</summary>
    /// <returns>False at the end.</returns>
    public bool TryNext()
    {
        if (NextPosition >= _extent.End)
            return false;
        (Position, ExpectedOffset, Defect, IsGap) = (NextPosition, NextOffset, null, false);
        try
        {
            _cursor.GoTo(Position, ExpectedOffset);
            Batch = _cursor.Read(ExpectedOffset);
            (NextPosition, NextOffset) = (_cursor.Position, Batch.LastOffset + 1);
        }
        catch (Exception e) when (e is LogCorruptionException or LogFormatException)
        {
            Defect = e.Message;
            GoOnBehind();
        }

        return true;
    }

    public void Dispose()
    {
        _cursor.Leave();
        _extent.Segment.Release();
    }

    private void GoOnBehind()
    {
        if (WholeBatchAt(Position) is { } here)
        {
            GoOnAt(here);
            return;
        }

        for (long at = Position + BatchFormat.Alignment; at < _extent.End; at += BatchFormat.Alignment)
        {
            at = FindMagic(at);
            if (at < _extent.End && WholeBatchAt(at) is { } found && found.Offset >= ExpectedOffset && found.NextOffset <= _extent.NextOffset)
            {
                (NextPosition, NextOffset) = (at, found.Offset);
                return;
            }
        }

        (NextPosition, NextOffset) = (_extent.End, _extent.NextOffset);
    }

    // The CRC of the batch is right: it follows missing records, or repeats former ones, or cannot be read.
    private void GoOnAt((long Offset, long NextOffset, int Length) batch)
    {
        IsGap = batch.Offset > ExpectedOffset;
        NextPosition = IsGap ? Position : Position + batch.Length;
        if (IsGap)
            NextOffset = batch.Offset;
        else if (batch.Offset == ExpectedOffset)
            NextOffset = batch.NextOffset;
    }

    private (long Offset, long NextOffset, int Length)? WholeBatchAt(long position)
    {
        var header = new byte[BatchFormat.HeaderSize];
        if (_file.Read(position, header) < header.Length || BatchHeader.Defect(header, _extent.End - position) is not null)
            return null;
        var batch = new byte[BatchHeader.Length(header)];
        return _file.Read(position, batch) == batch.Length && BatchHeader.CrcIsRight(batch, out _, out _)
            ? (BatchHeader.BaseOffset(header), BatchHeader.NextOffset(header), batch.Length)
            : null;
    }

    private long FindMagic(long from)
    {
        Span<byte> magic = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(magic, BatchFormat.Magic);
        var window = new byte[64 << 10];
        for (long start = from; start < _extent.End; start += window.Length)
        {
            int length = _file.Read(start, window.AsSpan(0, (int)Math.Min(window.Length, _extent.End - start)));
            for (int at = 0; at + magic.Length <= length; at += BatchFormat.Alignment)
            {
                if (window.AsSpan(at, magic.Length).SequenceEqual(magic))
                    return start + at;
            }

            if (length < window.Length)
                break;
        }

        return _extent.End;
    }
}
