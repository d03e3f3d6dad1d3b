using Flowgen.Log;

namespace Flowgen.Tool.Records;

/// <summary>The next record of one partition.</summary>
internal sealed class PartitionCursor(PartitionReader reader, int partition) : IDisposable
{
    private RecordBatch _batch;
    private int _index;
    private bool _hasBatch;

    public int Partition => partition;

    /// <summary>Offset behind the last record that was passed.</summary>
    public long Position { get; private set; } = reader.Position;

    public int SchemaId => _batch.SchemaId;

    public byte[] Buffer => _batch.Buffer;

    public LogRecord Current => _batch[_index];

    public long Timestamp { get; private set; }

    /// <summary>Whether there is a record; asks the log where the batch at hand is used up.</summary>
    public bool TryFill()
    {
        if (_hasBatch)
            return true;
        if (!reader.TryRead(out _batch))
            return false;
        _index = _batch.FirstIndex;
        _hasBatch = true;
        Timestamp = Current.Timestamp;
        return true;
    }

    public void Pass()
    {
        Position = Current.Offset + 1;
        _hasBatch = ++_index < _batch.Count;
        if (_hasBatch)
            Timestamp = Current.Timestamp;
    }

    public void Dispose() => reader.Dispose();
}
