using System.Buffers.Binary;

namespace Flowgen.Log;

/// <summary>One record of a batch: a view, valid as long as the batch.</summary>
public readonly ref struct LogRecord
{
    private readonly RecordBatch _batch;
    private readonly int _index;
    private readonly int _keyStart;
    private readonly int _keyLength;
    private readonly int _headersEnd;

    internal LogRecord(scoped in RecordBatch batch, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)batch.Count, nameof(index));
        _batch = batch;
        _index = index;
        if (batch.IsFixed)
        {
            ValueLength = batch.Stride;
            ValueStart = batch.DataStart + (index * ValueLength);
            _headersEnd = ValueStart + ValueLength;
            HasKey = batch.Header[BatchFormat.KeyPartCountAt] > 0;
            return;
        }

        var (start, keyEnd, valueEnd, end) = ReadIndex(batch, index);
        HasKey = (keyEnd & BatchFormat.NullFlag) == 0;
        IsTombstone = (valueEnd & BatchFormat.NullFlag) != 0;
        _keyStart = batch.DataStart + start;
        _keyLength = (int)(keyEnd & BatchFormat.EndMask) - start;
        ValueStart = _keyStart + _keyLength;
        ValueLength = (int)(valueEnd & BatchFormat.EndMask) - start - _keyLength;
        _headersEnd = batch.DataStart + (int)end;
    }

    /// <summary>Offset of the record in its partition.</summary>
    public long Offset => _batch.BaseOffset + _index;

    /// <summary>Time of the record in Unix milliseconds.</summary>
    public long Timestamp => _batch.HasTimestampColumn ? _batch.Timestamps[_index] : FixedKeys.Time(_batch.Header, Value);

    /// <summary>Whether the record has a key; an empty key is one, too.</summary>
    public bool HasKey { get; }

    /// <summary>
    /// The bytes of the key; empty if there is none. In a fixed batch a key that does not lie in the value as it is (several parts, or
    /// another byte order) is put together in a new array.
    /// </summary>
    public ReadOnlySpan<byte> Key => _batch.IsFixed ? FixedKeys.Key(_batch.Header, Value) : _batch.Buffer.AsSpan(_keyStart, _keyLength);

    /// <summary>The value; empty for a tombstone.</summary>
    public ReadOnlySpan<byte> Value => _batch.Buffer.AsSpan(ValueStart, ValueLength);

    /// <summary>Whether the value is null, which deletes the key in a compacted topic.</summary>
    public bool IsTombstone { get; }

    /// <summary>Where the value starts in the <see cref="RecordBatch.Buffer"/>.</summary>
    public int ValueStart { get; }

    /// <summary>Bytes of the value.</summary>
    public int ValueLength { get; }

    /// <summary>The headers, in the order in which they were added.</summary>
    public LogHeaders Headers => new(_batch.Buffer.AsSpan(ValueStart + ValueLength, _headersEnd - ValueStart - ValueLength));

    private static (int Start, uint KeyEnd, uint ValueEnd, uint End) ReadIndex(in RecordBatch batch, int index)
    {
        var entry = batch.Buffer.AsSpan(batch.IndexStart + (index * BatchFormat.IndexEntrySize), BatchFormat.IndexEntrySize);
        uint start = index == 0 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(batch.Buffer.AsSpan(batch.IndexStart + (index * BatchFormat.IndexEntrySize) - 4, 4));
        uint keyEnd = BinaryPrimitives.ReadUInt32LittleEndian(entry);
        uint valueEnd = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
        uint end = BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
        uint available = (uint)(batch.Start + batch.Length - batch.DataStart);
        bool ordered = start <= (keyEnd & BatchFormat.EndMask) && (keyEnd & BatchFormat.EndMask) <= (valueEnd & BatchFormat.EndMask)
            && (valueEnd & BatchFormat.EndMask) <= end && end <= available;
        if (!ordered)
            throw new LogCorruptionException($"Record {index} of the batch at offset {batch.BaseOffset} of {batch.Topic}-{batch.Partition} does not lie inside its batch, although the CRC of the batch is right. The batch was written by a defective program.");
        return ((int)start, keyEnd, valueEnd, end);
    }
}
