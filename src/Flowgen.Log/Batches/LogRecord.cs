using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Flowgen.Log;

/// <summary>One record of a batch: a view, valid as long as the batch.</summary>
public readonly ref struct LogRecord
{
    private readonly byte[] _buffer;
    private readonly int _batchStart;
    private readonly int _index;
    private readonly int _keyStart;
    private readonly int _headersEnd;
    private readonly bool _isFixed;
    private readonly bool _hasTimestampColumn;

    internal LogRecord(scoped in RecordBatch batch, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)batch.Count, nameof(index));
        _buffer = batch.Buffer;
        _batchStart = batch.Start;
        _index = index;
        _isFixed = batch.IsFixed;
        _hasTimestampColumn = batch.HasTimestampColumn;
        if (_isFixed)
        {
            ValueLength = batch.Stride;
            ValueStart = batch.DataStart + (index * ValueLength);
            _keyStart = ValueStart;
            _headersEnd = ValueStart + ValueLength;
            HasKey = batch.Header[BatchFormat.KeyPartCountAt] > 0;
            return;
        }

        var ends = MemoryMarshal.Cast<byte, uint>(_buffer.AsSpan(batch.IndexStart, batch.Count * BatchFormat.IndexEntrySize)).Slice(index * 3, 3);
        uint start = index == 0 ? 0 : MemoryMarshal.Read<uint>(_buffer.AsSpan(batch.IndexStart + (index * BatchFormat.IndexEntrySize) - 4));
        uint keyEnd = ends[0] & BatchFormat.EndMask;
        uint valueEnd = ends[1] & BatchFormat.EndMask;
        if (start > keyEnd || keyEnd > valueEnd || valueEnd > ends[2] || ends[2] > (uint)(batch.Start + batch.Length - batch.DataStart))
            throw Contradiction(batch, index);
        HasKey = ends[0] == keyEnd;
        IsTombstone = ends[1] != valueEnd;
        _keyStart = batch.DataStart + (int)start;
        ValueStart = batch.DataStart + (int)keyEnd;
        ValueLength = (int)(valueEnd - keyEnd);
        _headersEnd = batch.DataStart + (int)ends[2];
    }

    /// <summary>Offset of the record in its partition.</summary>
    public long Offset => BatchOffsets.At(_buffer.AsSpan(_batchStart), _index);

    /// <summary>Time of the record in Unix milliseconds.</summary>
    public long Timestamp => _hasTimestampColumn
        ? BinaryPrimitives.ReadInt64LittleEndian(_buffer.AsSpan(_batchStart + BatchFormat.HeaderSize + (_index * 8)))
        : FixedKeys.Time(Header, Value);

    /// <summary>Whether the record has a key; an empty key is one, too.</summary>
    public bool HasKey { get; }

    /// <summary>
    /// The bytes of the key; empty if there is none. In a fixed batch a key that does not lie in the value as it is (several parts, or
    /// another byte order) is put together in a new array.
    /// </summary>
    public ReadOnlySpan<byte> Key => _isFixed ? FixedKeys.Key(Header, Value) : _buffer.AsSpan(_keyStart, ValueStart - _keyStart);

    /// <summary>The value; empty for a tombstone.</summary>
    public ReadOnlySpan<byte> Value => _buffer.AsSpan(ValueStart, ValueLength);

    /// <summary>Whether the value is null, which deletes the key in a compacted topic.</summary>
    public bool IsTombstone { get; }

    /// <summary>Where the value starts in the <see cref="RecordBatch.Buffer"/>.</summary>
    public int ValueStart { get; }

    /// <summary>Bytes of the value.</summary>
    public int ValueLength { get; }

    /// <summary>The headers, in the order in which they were added.</summary>
    public LogHeaders Headers => new(_buffer.AsSpan(ValueStart + ValueLength, _headersEnd - ValueStart - ValueLength));

    /// <summary>Key, value and headers as they are stored in a variable batch; the value in a fixed one.</summary>
    internal ReadOnlySpan<byte> Stored => _buffer.AsSpan(_keyStart, _headersEnd - _keyStart);

    private ReadOnlySpan<byte> Header => _buffer.AsSpan(_batchStart, BatchFormat.HeaderSize);

    private static LogCorruptionException Contradiction(in RecordBatch batch, int index) =>
        new($"Record {index} of the batch at offset {batch.BaseOffset} of {batch.Topic}-{batch.Partition} does not lie inside its batch, although the CRC of the batch is right. The batch was written by a defective program.");
}
