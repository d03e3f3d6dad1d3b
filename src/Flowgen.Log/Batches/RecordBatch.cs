using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Flowgen.Log;

/// <summary>A committed batch: a view over a buffer that its reader owns and reuses with the next read.</summary>
public readonly struct RecordBatch
{
    private readonly int _dataStart;
    private readonly ushort _attributes;

    internal RecordBatch(byte[] buffer, int start, int length, string topic, int partition, int firstIndex)
    {
        Buffer = buffer;
        Start = start;
        Length = length;
        Topic = topic;
        Partition = partition;
        FirstIndex = firstIndex;
        Count = Int32At(BatchFormat.CountAt);
        _attributes = (ushort)Int32At(BatchFormat.AttributesAt);
        int columns = HasTimestampColumn ? Count * 8 : 0;
        if (HasOffsetColumn)
            columns += BatchOffsets.ColumnSize(Count);
        IndexStart = start + BatchFormat.HeaderSize + columns;
        _dataStart = IndexStart + (IsFixed ? 0 : Count * BatchFormat.IndexEntrySize);
    }

    /// <summary>The array that holds the batch.</summary>
    public byte[] Buffer { get; }

    /// <summary>Where the batch starts in <see cref="Buffer"/>; a multiple of 8.</summary>
    public int Start { get; }

    /// <summary>Bytes of the whole batch, header included.</summary>
    public int Length { get; }

    /// <summary>Name of the topic.</summary>
    public string Topic { get; }

    /// <summary>The partition.</summary>
    public int Partition { get; }

    /// <summary>Index of the first record at or behind the position that was asked for; more than 0 only in the first batch after a seek.</summary>
    public int FirstIndex { get; }

    /// <summary>Offset that the batch starts at: that of its first record, unless compaction has removed that; see <see cref="OffsetAt"/>.</summary>
    public long BaseOffset => Int64At(BatchFormat.BaseOffsetAt);

    /// <summary>Offset that the batch reaches to, inclusive: that of its last record, unless compaction has removed that.</summary>
    public long LastOffset => BaseOffset + (uint)Int32At(BatchFormat.LastOffsetDeltaAt);

    /// <summary>Smallest timestamp of a record, in Unix milliseconds.</summary>
    public long MinTimestamp => Int64At(BatchFormat.MinTimestampAt);

    /// <summary>Largest timestamp of a record, in Unix milliseconds.</summary>
    public long MaxTimestamp => Int64At(BatchFormat.MaxTimestampAt);

    /// <summary>When the batch was appended, in Unix milliseconds.</summary>
    public long AppendedAt => Int64At(BatchFormat.AppendedAtAt);

    /// <summary>Whether the records have the times that their sender gave them, or that of the append.</summary>
    public TimestampType TimestampType => (_attributes & BatchFormat.AppendTimeAttribute) != 0 ? TimestampType.LogAppendTime : TimestampType.CreateTime;

    /// <summary>The producer that stamped the batch; -1 for none.</summary>
    public long ProducerId => Int64At(BatchFormat.ProducerIdAt);

    /// <summary>Epoch of that producer; -1 for none.</summary>
    public short ProducerEpoch => BinaryPrimitives.ReadInt16LittleEndian(Header[BatchFormat.ProducerEpochAt..]);

    /// <summary>Number of the first record among those that the producer sent to the partition; -1 for none.</summary>
    public int Sequence => Int32At(BatchFormat.SequenceAt);

    /// <summary>Number of records, at least 1.</summary>
    public int Count { get; }

    /// <summary>Schema of the values; 0 for bytes without schema.</summary>
    public int SchemaId => Int32At(BatchFormat.SchemaIdAt);

    /// <summary>Whether the values lie one after the other, all with the length <see cref="Stride"/>.</summary>
    public bool IsFixed => (_attributes & BatchFormat.FixedAttribute) != 0;

    /// <summary>Bytes of a value of a fixed batch; 0 otherwise.</summary>
    public int Stride => BinaryPrimitives.ReadUInt16LittleEndian(Header[BatchFormat.StrideAt..]);

    /// <summary>Whether there is a column of timestamps.</summary>
    public bool HasTimestampColumn => (_attributes & BatchFormat.TimestampsAttribute) != 0;

    /// <summary>Whether a record of the batch can have headers.</summary>
    public bool HasHeaders => (_attributes & BatchFormat.HeadersAttribute) != 0;

    /// <summary>The values of a fixed batch, one after the other; the first is aligned to 8 bytes relative to the batch.</summary>
    /// <exception cref="InvalidOperationException">The batch is not fixed.</exception>
    public ReadOnlySpan<byte> FixedValues =>
        IsFixed ? Buffer.AsSpan(DataStart, Count * Stride) : throw new InvalidOperationException("The batch has records of different lengths; read them one by one.");

    /// <summary>Timestamps of the records in Unix milliseconds; empty where the values hold them.</summary>
    public ReadOnlySpan<long> Timestamps =>
        HasTimestampColumn ? MemoryMarshal.Cast<byte, long>(Buffer.AsSpan(Start + BatchFormat.HeaderSize, Count * 8)) : default;

    /// <summary>A record of the batch.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such record.</exception>
    /// <exception cref="LogCorruptionException">The batch contradicts itself although its CRC is right.</exception>
    public LogRecord this[int index] => new(this, index);

    /// <summary>Offset of a record. Offsets rise with the index, by more than 1 where compaction has removed records.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>The offset in the partition.</returns>
    public long OffsetAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return HasOffsetColumn ? BatchOffsets.At(Bytes, index) : BaseOffset + index;
    }

    internal RecordBatch From(int firstIndex) => new(Buffer, Start, Length, Topic, Partition, firstIndex);

    /// <summary>Whether compaction has written the batch anew; see <see cref="BatchOffsets"/>.</summary>
    internal bool HasOffsetColumn => (_attributes & BatchFormat.OffsetsAttribute) != 0;

    internal ReadOnlySpan<byte> Bytes => Buffer.AsSpan(Start, Length);

    internal ReadOnlySpan<byte> Header => Buffer.AsSpan(Start, BatchFormat.HeaderSize);

    internal int IndexStart { get; }

    internal int DataStart => _dataStart;

    private long Int64At(int position) => BinaryPrimitives.ReadInt64LittleEndian(Buffer.AsSpan(Start + position, 8));

    private int Int32At(int position) => BinaryPrimitives.ReadInt32LittleEndian(Buffer.AsSpan(Start + position, 4));
}
