namespace Flowgen.Log;

/// <summary>
/// Where each field of a batch lies. A batch is one contiguous range of bytes, little-endian, a multiple of 8 long (zeros fill it up):
/// header, timestamp column (if any), offset column (compacted batches), index column (variable batches), data. Bytes that are not named are zero.
/// </summary>
internal static class BatchFormat
{
    public const uint Magic = 0x31424C46; // "FLB1"
    public const ushort Version = 1;
    public const int HeaderSize = 96;
    public const int IndexEntrySize = 12;
    public const int Alignment = 8;

    public const int MagicAt = 0;
    public const int CrcAt = 4;
    public const int CrcStart = 8; // the CRC covers everything from here to the end of the batch
    public const int LengthAt = 8;
    public const int AttributesAt = 12;
    public const int VersionAt = 14;
    public const int BaseOffsetAt = 16;
    public const int MinTimestampAt = 24;
    public const int MaxTimestampAt = 32;
    public const int AppendedAtAt = 40;
    public const int CountAt = 48;
    public const int LastOffsetDeltaAt = 52;
    public const int SchemaIdAt = 56;
    public const int ProducerEpochAt = 60;
    public const int StrideAt = 62;
    public const int ProducerIdAt = 64;
    public const int SequenceAt = 72;
    public const int TimeOffsetAt = 76;
    public const int TimeUnitAt = 78;
    public const int KeyPartCountAt = 79;
    public const int KeyPartsAt = 80; // 4 × { offset u16, length u8, big-endian u8 }
    public const int KeyPartSize = 4;

    public const ushort FixedAttribute = 1 << 0;
    public const ushort TimestampsAttribute = 1 << 1;
    public const ushort KeysAttribute = 1 << 2;
    public const ushort HeadersAttribute = 1 << 3;
    public const ushort CompressionMask = 7 << 4;
    public const ushort ControlAttribute = 1 << 7;

    /// <summary>There is a column of offsets, as u32 behind the base offset: the batch was compacted. See <see cref="BatchOffsets"/>.</summary>
    public const ushort OffsetsAttribute = 1 << 8;

    /// <summary>The time of every record is that of the append (<see cref="TimestampType.LogAppendTime"/>), whatever the column or the values say.</summary>
    public const ushort AppendTimeAttribute = 1 << 9;
    public const ushort KnownAttributes = FixedAttribute | TimestampsAttribute | KeysAttribute | HeadersAttribute | CompressionMask | OffsetsAttribute | AppendTimeAttribute;

    /// <summary>High bit of an end in the index: the key or the value before it is null, not empty.</summary>
    public const uint NullFlag = 1u << 31;
    public const uint EndMask = ~NullFlag;

    public static int Align(int length) => (length + (Alignment - 1)) & ~(Alignment - 1);
}
