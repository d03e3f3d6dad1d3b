using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>
/// Reads the committed batches of one partition, without copying: each batch is a view of the reader's buffer and is valid until the next
/// read. The CRC of each batch is checked once. Not thread-safe; any number of readers can read a partition.
/// </summary>
public sealed class PartitionReader : IDisposable
{
    private const int WindowBytes = 256 << 10;

    private readonly SegmentCursor _cursor;
    private LogState _state;
    private Partition _partition;
    private bool _disposed;

    internal PartitionReader(LogState state, Partition partition, long offset)
    {
        _state = state;
        _partition = partition;
        _cursor = new SegmentCursor(partition, WindowBytes, state.Options.MaxBatchBytes);
        Seek(offset);
    }

    /// <summary>Name of the topic.</summary>
    public string Topic => _partition.Topic;

    /// <summary>The partition.</summary>
    public int Partition => _partition.Index;

    /// <summary>Offset of the next record.</summary>
    public long Position { get; private set; }

    /// <summary>Memory that the reader has in use.</summary>
    internal int HeldBytes => _cursor.HeldBytes;

    /// <summary>Takes the next committed batch. The first one after a seek may start before the position: <see cref="RecordBatch.FirstIndex"/>.</summary>
    /// <param name="batch">The batch; valid until the next call.</param>
    /// <returns>False if nothing behind the position is committed now.</returns>
    /// <exception cref="LogCorruptionException">The bytes of the batch are not what was written.</exception>
    /// <exception cref="OffsetOutOfRangeException">The records at the position have been deleted.</exception>
    /// <exception cref="TopicDeletedException">The topic has been deleted.</exception>
    public bool TryRead(out RecordBatch batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        do
        {
            if (!_cursor.HasMore && !FindSegment())
            {
                _cursor.GiveBack(); // a partition that nothing is appended to costs next to nothing
                batch = default;
                return false;
            }

            batch = ReadBatch();
            Position = batch.LastOffset + 1;
        }
        while (batch.FirstIndex >= batch.Count); // compaction has left nothing of it, or nothing behind the position

        return true;
    }

    /// <summary>Goes to an offset; it may be the one that the next record will get.</summary>
    /// <param name="offset">The offset.</param>
    /// <exception cref="OffsetOutOfRangeException">The partition does not reach from or to there.</exception>
    public void Seek(long offset)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        lock (_state.Gate)
        {
            LogState.Follow(ref _state, ref _partition);
            _partition.ThrowIfDeleted();
            if (offset < _partition.FirstOffset || offset > _partition.NextOffset)
                throw OutOfRange(offset, _partition.Describe());
        }

        _cursor.Leave();
        Position = offset;
    }

    /// <summary>Closes the reader; batches it gave are no longer valid.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _cursor.Leave();
        _cursor.GiveBack();
    }

    private RecordBatch ReadBatch()
    {
        try
        {
            return _cursor.Read(Position);
        }
        catch (LogCorruptionException e)
        {
            _state.Monitor?.SawCorruption(e);
            throw;
        }
    }

    // Looks at what is committed now; false if the position is the end.
    private bool FindSegment()
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                if (!MoveToSegment())
                    return false;
                break;
            }
            catch (IOException e) when (_state.CanCatchUp(e, attempt))
            {
                _state.CatchUp!();
            }
        }

        _cursor.SkipTo(Position, _state.Indexes);
        return true;
    }

    private bool MoveToSegment()
    {
        lock (_state.Gate)
        {
            LogState.Follow(ref _state, ref _partition);
            _partition.ThrowIfDeleted();
            if (Position >= _partition.NextOffset)
                return false;
            if (Position < _partition.FirstOffset)
                throw OutOfRange(Position, _partition.Describe());
            var segment = _partition.Find(Position)!;
            _cursor.MoveTo(SegmentExtent.Of(_partition, segment));
            return true;
        }
    }

    private OffsetOutOfRangeException OutOfRange(long offset, PartitionDescription description) =>
        new($"{_partition} has no offset {offset}: it holds {description.FirstOffset} to {description.NextOffset}. Seek to an offset in between.");
}
