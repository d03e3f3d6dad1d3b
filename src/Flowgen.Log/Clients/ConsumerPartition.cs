namespace Flowgen.Log;

/// <summary>How far a consumer is in one partition, and the batch it is handing out.</summary>
internal sealed class ConsumerPartition(PartitionReader reader) : IDisposable
{
    private RecordBatch _batch;
    private int _next;
    private int _count;

    public TopicPartition Id { get; } = new(reader.Topic, reader.Partition);

    /// <summary>Offset of the next record to hand out.</summary>
    public long Position { get; private set; } = reader.Position;

    public bool TryTake(out RecordBatch batch, out int index)
    {
        if (_next >= _count && !ReadBatch())
        {
            batch = default;
            index = 0;
            return false;
        }

        batch = _batch;
        index = _next++;
        Position = _next < _count ? _batch.OffsetAt(_next) : _batch.LastOffset + 1;
        return true;
    }

    /// <summary>Takes what is left of the current batch, or the next one.</summary>
    public bool TryTakeBatch(out RecordBatch batch)
    {
        if (!TryTake(out batch, out int index))
            return false;
        batch = batch.From(index);
        _next = _count;
        Position = batch.LastOffset + 1;
        return true;
    }

    public void Seek(long offset)
    {
        reader.Seek(offset);
        _next = _count = 0;
        Position = offset;
    }

    public void Dispose() => reader.Dispose();

    private bool ReadBatch()
    {
        if (!reader.TryRead(out _batch))
            return false;
        _next = _batch.FirstIndex;
        _count = _batch.Count;
        return true;
    }
}
