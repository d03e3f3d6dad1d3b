using System.Globalization;

namespace Flowgen.Log;

/// <summary>How far a consumer is in one partition, and the batch it is handing out.</summary>
internal sealed class ConsumerPartition(FlowLog log, ConsumerOptions options, GroupPartition partition, bool isShared) : IDisposable
{
    private const long Unknown = -1;

    private readonly string _index = partition.Id.Partition.ToString(CultureInfo.InvariantCulture);
    private PartitionReader? _reader;
    private RecordBatch _batch;
    private int _next;
    private int _count;
    private long _position = Unknown;
    private long _taken; // records that are not counted yet

    public GroupPartition Partition => partition;

    public TopicPartition Id => partition.Id;

    public bool IsPaused { get; set; }

    /// <summary>Whether the batch in hand has records left.</summary>
    public bool IsInBatch => _next < _count;

    /// <summary>Whether it is known where to go on.</summary>
    public bool HasPosition => _position != Unknown;

    /// <summary>Offset of the next record to hand out.</summary>
    /// <exception cref="NoOffsetForPartitionException">Nothing says where that is.</exception>
    /// <exception cref="UnknownTopicException">The topic was deleted before the consumer began to read it.</exception>
    public long Position => HasPosition ? _position : throw NoPosition();

    /// <summary>Finds out where to go on: where the group has committed, or where the options say. Unknown where neither does.</summary>
    public void Locate()
    {
        if (!log.TryDescribe(partition, out var held))
            return;
        var committed = options.Group is null ? null : log.GetCommitted(options.Group, Id.Topic, Id.Partition);
        if (committed is { } known)
            _position = known.Offset;
        else if (options.AutoOffsetReset != AutoOffsetReset.None)
            _position = Reset(held);
    }

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
        _taken++;
        _position = _next < _count ? _batch.OffsetAt(_next) : _batch.LastOffset + 1;
        return true;
    }

    /// <summary>Takes what is left of the current batch, or the next one.</summary>
    public bool TryTakeBatch(out RecordBatch batch)
    {
        if (!TryTake(out batch, out int index))
            return false;
        batch = batch.From(index);
        _taken += _count - _next;
        _next = _count;
        _position = batch.LastOffset + 1;
        return true;
    }

    public void Seek(long offset)
    {
        if (_reader is null)
            _reader = log.OpenReader(partition, offset);
        else
            _reader.Seek(offset);
        _next = _count = 0;
        _position = offset;
    }

    public void Dispose() => Leave();

    private void Leave()
    {
        CountTaken();
        _reader?.Dispose();
        _reader = null;
        _next = _count = 0;
    }

    private bool ReadBatch()
    {
        CountTaken();
        long start = log.Metrics.Start();
        if (!TryRead())
            return false;
        log.Metrics.Polled(start);
        _next = _batch.FirstIndex;
        _count = _batch.Count;
        return true;
    }

    private void CountTaken()
    {
        log.Metrics.Consumed(_taken, options.Group, Id.Topic, _index);
        _taken = 0;
    }

    // The records at the position may be deleted at any time, also between two tries.
    private bool TryRead()
    {
        while (true)
        {
            try
            {
                _reader ??= log.OpenReader(partition, Position);
                return _reader.TryRead(out _batch);
            }
            catch (OffsetOutOfRangeException) when (options.AutoOffsetReset != AutoOffsetReset.None && log.TryDescribe(partition, out var held))
            {
                Leave();
                _position = Reset(held);
            }
            catch (Exception e) when (isShared && e is (TopicDeletedException or UnknownTopicException))
            {
                return false; // the group takes it away with the next poll
            }
        }
    }

    private long Reset(PartitionDescription held) => options.AutoOffsetReset == AutoOffsetReset.Earliest ? held.FirstOffset : held.NextOffset;

    private FlowLogException NoPosition() => log.TryDescribe(partition, out _)
        ? new NoOffsetForPartitionException($"Group '{options.Group}' has committed no offset for {Id}, and {nameof(AutoOffsetReset)} is {nameof(AutoOffsetReset.None)}. Seek to where it is to start, or let it start at the earliest or latest record.")
        : FlowLog.Gone(partition);
}
