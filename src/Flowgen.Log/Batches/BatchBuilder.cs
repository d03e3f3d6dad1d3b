using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Flowgen.Log;

/// <summary>
/// Builds one batch for one partition and is reused for the next. Records are written into columns as they are stored; the log copies them
/// once and fills in base offset, time of the append and CRC. A record is added at once with <see cref="Add"/>, or in parts:
/// <see cref="BeginRecord"/>, the bytes of its key to <see cref="Data"/>, <see cref="EndKey"/>, those of its value, <see cref="EndValue"/>,
/// headers, <see cref="EndRecord"/>. Another order is refused, and so is a batch with a record that has not ended. Not thread-safe.
/// </summary>
public sealed class BatchBuilder
{
    private readonly ByteBuffer _timestamps = new(0);
    private readonly ByteBuffer _index = new(0);
    private RecordLayout? _layout;
    private int _schemaId;
    private ushort _attributes;
    private long _minTimestamp;
    private long _maxTimestamp;
    private (long MinTimestamp, long MaxTimestamp, ushort Attributes, bool HasRecordsWithoutKey) _before; // the record that is being written
    private Part _part; // of the record that is being written
    private int _end; // of the last record, in the data
    private int _headerCountAt;
    private uint _keyEnd;
    private uint _valueEnd;
    private int _withoutTime; // values at the end of a fixed batch whose times nobody has noted

    private enum Part
    {
        None,
        Key,
        Value,
        Headers,
    }

    /// <summary>Makes an empty builder of a variable batch without schema.</summary>
    public BatchBuilder() => Clear();

    /// <summary>Records in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the batch as it will be stored.</summary>
    public int SizeInBytes => BatchFormat.Align(BatchFormat.HeaderSize + _timestamps.Length + _index.Length + Data.Length);

    /// <summary>The data section that is being written: keys, values and headers of a variable batch, the values of a fixed one.</summary>
    public ByteBuffer Data { get; } = new();

    /// <summary>Bytes of the largest record: key, value and headers.</summary>
    public int LargestRecord { get; private set; }

    /// <summary>Most bytes of a record: key, value and headers. A larger one is refused when it ends, and leaves nothing in the batch.</summary>
    public int MaxRecordBytes { get; set; } = int.MaxValue;

    /// <summary>Whether a record has no key, which a compacted topic does not take.</summary>
    internal bool HasRecordsWithoutKey { get; private set; }

    /// <summary>Time of the first record in Unix milliseconds. There must be one.</summary>
    internal long FirstTimestamp => _layout is { HasTimestampColumn: false } layout ? StoredTime(layout, 0) : BinaryPrimitives.ReadInt64LittleEndian(_timestamps.Written);

    /// <summary>Forgets the records and keeps kind, schema and memory.</summary>
    public void Clear()
    {
        Count = 0;
        LargestRecord = 0;
        _timestamps.Clear();
        _index.Clear();
        Data.Clear();
        _part = Part.None;
        _end = 0;
        _attributes = _layout is null ? BatchFormat.TimestampsAttribute : FixedAttributes(_layout);
        HasRecordsWithoutKey = _layout is { KeyParts.Length: 0 };
        _minTimestamp = long.MaxValue;
        _maxTimestamp = long.MinValue;
        _withoutTime = 0;
    }

    /// <summary>Starts an empty batch of records of any length.</summary>
    /// <param name="schemaId">Schema of the values; 0 for bytes without schema.</param>
    public void StartVariable(int schemaId)
    {
        _layout = null;
        _schemaId = schemaId;
        Clear();
    }

    /// <summary>Starts a record; then write the bytes of its key to <see cref="Data"/>.</summary>
    /// <param name="timestamp">Time of the record in Unix milliseconds.</param>
    /// <exception cref="InvalidOperationException">The former record has not ended, or the batch is fixed.</exception>
    public void BeginRecord(long timestamp)
    {
        ThrowIfFixed();
        ThrowIfInRecord();
        _part = Part.Key;
        _headerCountAt = -1;
        _before = (_minTimestamp, _maxTimestamp, _attributes, HasRecordsWithoutKey);
        _timestamps.WriteInt64(timestamp);
        NoteTimestamps(timestamp, timestamp);
    }

    /// <summary>Ends the key; then write the bytes of the value to <see cref="Data"/>.</summary>
    /// <param name="isNull">The record has no key, which differs from an empty one.</param>
    /// <exception cref="InvalidOperationException">No record was begun, or its key has ended.</exception>
    public void EndKey(bool isNull = false)
    {
        ThrowUnlessIn(Part.Key, nameof(EndKey));
        _part = Part.Value;
        _keyEnd = (uint)Data.Length | (isNull ? BatchFormat.NullFlag : 0);
        NoteKey(isNull);
    }

    /// <summary>Ends the value; then add headers, if any.</summary>
    /// <param name="isNull">The record is a tombstone.</param>
    /// <exception cref="InvalidOperationException">The key has not ended, or the value has.</exception>
    public void EndValue(bool isNull = false)
    {
        ThrowUnlessIn(Part.Value, nameof(EndValue));
        _part = Part.Headers;
        _valueEnd = (uint)Data.Length | (isNull ? BatchFormat.NullFlag : 0);
    }

    /// <summary>Adds a header to the record, after <see cref="EndValue"/>.</summary>
    /// <param name="name">Name, at most 65,535 bytes as UTF-8.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The name is too long, or no text; the record is as it was.</exception>
    public void AddHeader(ReadOnlySpan<char> name, ReadOnlySpan<byte> value)
    {
        AddHeaderName(name);
        Data.WriteInt32(value.Length);
        Data.Write(value);
    }

    /// <summary>Adds a header whose value is null, after <see cref="EndValue"/>.</summary>
    /// <param name="name">Name, at most 65,535 bytes as UTF-8.</param>
    public void AddNullHeader(ReadOnlySpan<char> name)
    {
        AddHeaderName(name);
        Data.WriteInt32(-1);
    }

    /// <summary>Ends the record.</summary>
    /// <exception cref="RecordTooLargeException">It has more than <see cref="MaxRecordBytes"/>; nothing of it is left in the batch.</exception>
    /// <exception cref="InvalidOperationException">Its value has not ended.</exception>
    public void EndRecord()
    {
        ThrowUnlessIn(Part.Headers, nameof(EndRecord));
        int size = Data.Length - _end;
        if (size > MaxRecordBytes)
            throw TooLarge(size);
        _part = Part.None;
        KeepRecord(_keyEnd, _valueEnd, (uint)Data.Length, size);
    }

    /// <summary>Adds a record without headers.</summary>
    /// <param name="timestamp">Time of the record in Unix milliseconds.</param>
    /// <param name="key">The key.</param>
    /// <param name="keyIsNull">The record has no key.</param>
    /// <param name="value">The value.</param>
    /// <param name="valueIsNull">The record is a tombstone.</param>
    /// <exception cref="RecordTooLargeException">It has more than <see cref="MaxRecordBytes"/>; nothing of it is left in the batch.</exception>
    /// <exception cref="InvalidOperationException">A record is begun and not ended, or the batch is fixed.</exception>
    public void Add(long timestamp, ReadOnlySpan<byte> key, bool keyIsNull, ReadOnlySpan<byte> value, bool valueIsNull)
    {
        ThrowIfFixed();
        ThrowIfInRecord();
        int size = checked(key.Length + value.Length);
        if (size > MaxRecordBytes)
            throw TooLarge(size);
        uint start = (uint)Data.Length;
        var record = Data.Reserve(size);
        key.CopyTo(record);
        value.CopyTo(record[key.Length..]);
        _timestamps.WriteInt64(timestamp);
        NoteTimestamps(timestamp, timestamp);
        NoteKey(keyIsNull);
        uint end = start + (uint)size;
        KeepRecord((start + (uint)key.Length) | (keyIsNull ? BatchFormat.NullFlag : 0), end | (valueIsNull ? BatchFormat.NullFlag : 0), end, size);
    }

    /// <summary>Starts an empty batch of values of one length.</summary>
    /// <param name="schemaId">Schema of the values; 0 for bytes without schema.</param>
    /// <param name="layout">How each value is laid out.</param>
    public void StartFixed(int schemaId, RecordLayout layout)
    {
        if (!ReferenceEquals(layout, _layout))
            layout.Validate();
        _layout = layout;
        _schemaId = schemaId;
        Clear();
    }

    /// <summary>Appends room for values of a layout that holds the time; fill it, then call <see cref="NoteTimestamps"/> if you know the times (else the log looks for them).</summary>
    /// <param name="count">Number of values.</param>
    /// <returns>The bytes of the values; valid until the next write.</returns>
    public Span<byte> AddFixed(int count)
    {
        var layout = Fixed(needsColumn: false);
        FindTimestamps();
        var room = Reserve(layout, count);
        _withoutTime = count;
        return room;
    }

    /// <summary>Appends room for values of a layout without time.</summary>
    /// <param name="timestamps">Time of each value in Unix milliseconds.</param>
    /// <returns>The bytes of the values; valid until the next write.</returns>
    public Span<byte> AddFixed(ReadOnlySpan<long> timestamps)
    {
        var layout = Fixed(needsColumn: true);
        var room = Reserve(layout, timestamps.Length);
        _timestamps.Write(MemoryMarshal.AsBytes(timestamps));
        foreach (long timestamp in timestamps)
            NoteTimestamps(timestamp, timestamp);
        return room;
    }

    /// <summary>Tells the smallest and largest time of what was just added with <see cref="AddFixed(int)"/>.</summary>
    /// <param name="min">Unix milliseconds.</param>
    /// <param name="max">Unix milliseconds.</param>
    public void NoteTimestamps(long min, long max)
    {
        _minTimestamp = Math.Min(_minTimestamp, min);
        _maxTimestamp = Math.Max(_maxTimestamp, max);
        _withoutTime = 0;
    }

    /// <summary>Forgets what was written of a record since <see cref="BeginRecord"/>, for an encoder that finds out that it cannot write the record.</summary>
    public void AbandonRecord()
    {
        int ended = Count * 8;
        if (_layout is not null || _timestamps.Length == ended)
            return;
        _part = Part.None;
        _timestamps.Truncate(ended);
        Data.Truncate(_end);
        (_minTimestamp, _maxTimestamp, _attributes, HasRecordsWithoutKey) = _before;
    }

    /// <summary>Appends the batch to a buffer; base offset, time of the append and CRC are still to be filled in by <see cref="BatchHeader.Seal"/>.</summary>
    internal void CopyTo(ByteBuffer target, CompressionType compression = CompressionType.None)
    {
        FindTimestamps();
        int size = SizeInBytes;
        int start = target.Length;
        WriteHeader(target.Reserve(BatchFormat.HeaderSize), size);
        target.Write(_timestamps.Written);
        target.Write(_index.Written);
        target.Write(Data.Written);
        target.WriteZeros(size - (target.Length - start));
        BatchCompression.Compress(target, start, compression);
    }

    private void KeepRecord(uint keyEnd, uint valueEnd, uint end, int size)
    {
        var entry = _index.Reserve(BatchFormat.IndexEntrySize);
        BinaryPrimitives.WriteUInt32LittleEndian(entry, keyEnd);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], valueEnd);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], end);
        LargestRecord = Math.Max(LargestRecord, size);
        Count++;
        _end = (int)end;
    }

    /// <exception cref="InvalidOperationException">A record is begun and not ended, or the data holds bytes of no record.</exception>
    internal void ThrowIfInRecord()
    {
        if (_part != Part.None || Data.Length != _end)
            throw InRecord();
    }

    private void ThrowUnlessIn(Part part, string call)
    {
        if (_part != part)
            throw OutOfOrder(call);
    }

    private InvalidOperationException InRecord() => new(_part != Part.None
        ? $"A record of the batch is begun and not ended: {nameof(EndRecord)} ends it, {nameof(AbandonRecord)} forgets it."
        : $"The batch has {Data.Length - _end} bytes that belong to no record: write to {nameof(Data)} inside of a record only. {nameof(Clear)} starts again.");

    private InvalidOperationException OutOfOrder(string call) =>
        new($"{call} does not come here. A record is {nameof(BeginRecord)}, its key, {nameof(EndKey)}, its value, {nameof(EndValue)}, headers, {nameof(EndRecord)}. " + _part switch
        {
            Part.None => "None is begun.",
            Part.Key => "Its key has not ended.",
            Part.Value => "Its key has ended, its value has not.",
            _ => "Its value has ended.",
        });

    private void ThrowIfFixed()
    {
        if (_layout is not null)
            throw new InvalidOperationException("The batch is fixed; start a variable one with StartVariable.");
    }

    private RecordTooLargeException TooLarge(int size)
    {
        AbandonRecord();
        return new($"A record of {size} bytes is too large: a record has at most {MaxRecordBytes} bytes. Send less, or set a larger limit for the topic or the log.");
    }

    private static ushort FixedAttributes(RecordLayout layout)
    {
        int attributes = BatchFormat.FixedAttribute;
        if (layout.HasTimestampColumn)
            attributes |= BatchFormat.TimestampsAttribute;
        if (layout.KeyParts.Length > 0)
            attributes |= BatchFormat.KeysAttribute;
        return (ushort)attributes;
    }

    private RecordLayout Fixed(bool needsColumn)
    {
        if (_layout is null)
            throw new InvalidOperationException("The batch is variable; start a fixed one with StartFixed.");
        if (_layout.HasTimestampColumn != needsColumn)
            throw new InvalidOperationException(needsColumn ? "The layout holds the time of each value; give a count." : "The layout holds no time; give the timestamps.");
        return _layout;
    }

    private Span<byte> Reserve(RecordLayout layout, int count)
    {
        ThrowIfInRecord();
        var room = Data.Reserve(checked(count * layout.Stride));
        _end = Data.Length;
        Count += count;
        LargestRecord = layout.Stride;
        return room;
    }

    private void NoteKey(bool isNull)
    {
        if (isNull)
            HasRecordsWithoutKey = true;
        else
            _attributes |= BatchFormat.KeysAttribute;
    }

    private void AddHeaderName(ReadOnlySpan<char> name)
    {
        ThrowUnlessIn(Part.Headers, nameof(AddHeader));
        int length = ByteBuffer.Utf8Length(name); // throws before anything of the header is written
        if (length > ushort.MaxValue)
            throw new ArgumentException($"The name of a header has at most {ushort.MaxValue} bytes as UTF-8, not {length}.", nameof(name));
        if (_headerCountAt < 0)
        {
            _headerCountAt = Data.Length;
            Data.WriteUInt16(0);
            _attributes |= BatchFormat.HeadersAttribute;
        }

        var count = Data.Array.AsSpan(_headerCountAt, 2);
        BinaryPrimitives.WriteUInt16LittleEndian(count, checked((ushort)(BinaryPrimitives.ReadUInt16LittleEndian(count) + 1)));
        Data.WriteUInt16((ushort)length);
        Data.WriteUtf8(name);
    }

    private void FindTimestamps()
    {
        if (_withoutTime == 0)
            return;
        var layout = _layout!;
        for (int i = Count - _withoutTime; i < Count; i++)
        {
            long time = StoredTime(layout, i);
            _minTimestamp = Math.Min(_minTimestamp, time);
            _maxTimestamp = Math.Max(_maxTimestamp, time);
        }

        _withoutTime = 0;
    }

    private long StoredTime(RecordLayout layout, int index)
    {
        long stored = BinaryPrimitives.ReadInt64LittleEndian(Data.Written.Slice((index * layout.Stride) + layout.TimeOffset, 8));
        return LogTime.ToUnixMilliseconds(stored, layout.TimeUnit);
    }

    private void WriteHeader(Span<byte> header, int size)
    {
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, BatchFormat.Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[BatchFormat.LengthAt..], size);
        BinaryPrimitives.WriteUInt16LittleEndian(header[BatchFormat.AttributesAt..], _attributes);
        BinaryPrimitives.WriteUInt16LittleEndian(header[BatchFormat.VersionAt..], BatchFormat.Version);
        BinaryPrimitives.WriteInt64LittleEndian(header[BatchFormat.MinTimestampAt..], _minTimestamp);
        BinaryPrimitives.WriteInt64LittleEndian(header[BatchFormat.MaxTimestampAt..], _maxTimestamp);
        BinaryPrimitives.WriteInt32LittleEndian(header[BatchFormat.CountAt..], Count);
        BinaryPrimitives.WriteInt32LittleEndian(header[BatchFormat.LastOffsetDeltaAt..], Count - 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[BatchFormat.SchemaIdAt..], _schemaId);
        BinaryPrimitives.WriteInt16LittleEndian(header[BatchFormat.ProducerEpochAt..], -1);
        BinaryPrimitives.WriteInt64LittleEndian(header[BatchFormat.ProducerIdAt..], -1);
        BinaryPrimitives.WriteInt32LittleEndian(header[BatchFormat.SequenceAt..], -1);
        BinaryPrimitives.WriteInt16LittleEndian(header[BatchFormat.TimeOffsetAt..], -1);
        if (_layout is not null)
            WriteLayout(header, _layout);
    }

    private static void WriteLayout(Span<byte> header, RecordLayout layout)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(header[BatchFormat.StrideAt..], (ushort)layout.Stride);
        BinaryPrimitives.WriteInt16LittleEndian(header[BatchFormat.TimeOffsetAt..], (short)layout.TimeOffset);
        header[BatchFormat.TimeUnitAt] = (byte)layout.TimeUnit;
        header[BatchFormat.KeyPartCountAt] = (byte)layout.KeyParts.Length;
        for (int i = 0; i < layout.KeyParts.Length; i++)
        {
            var part = header.Slice(BatchFormat.KeyPartsAt + (i * BatchFormat.KeyPartSize), BatchFormat.KeyPartSize);
            BinaryPrimitives.WriteUInt16LittleEndian(part, (ushort)layout.KeyParts[i].Offset);
            part[2] = (byte)layout.KeyParts[i].Length;
            part[3] = layout.KeyParts[i].BigEndian ? (byte)1 : (byte)0;
        }
    }
}
