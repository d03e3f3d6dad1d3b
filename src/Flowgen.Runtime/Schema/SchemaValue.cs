using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>A value that was written with another schema, read as the wider type of the reader.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct SchemaValue
{
    private readonly RecordReader _bytes;
    private readonly string _member;

    internal SchemaValue(MemberType type, string member, bool isNull, RecordReader bytes)
    {
        Type = type;
        IsNull = isNull;
        _member = member;
        _bytes = bytes;
    }

    /// <summary>The type with which it was written.</summary>
    public MemberType Type { get; }

    /// <summary>Whether it is null.</summary>
    public bool IsNull { get; }

    private MemberKind Kind => Type.Kind == MemberKind.Enum ? Type.Underlying!.Kind : Type.Kind;

    /// <summary>The value as a bool.</summary>
    /// <returns>The value.</returns>
    public bool ToBool() => Read<PackedBool>().Value(_member);

    /// <summary>The value as an integer of up to 64 bits, sign-extended if it was written with a sign.</summary>
    /// <returns>The value; an unsigned 64-bit one with the same bits.</returns>
    /// <exception cref="RecordFormatException">It was not written as an integer.</exception>
    public long ToInt64() => Kind switch
    {
        MemberKind.Byte => Read<byte>(),
        MemberKind.SByte => Read<sbyte>(),
        MemberKind.Int16 => Read<short>(),
        MemberKind.UInt16 => Read<ushort>(),
        MemberKind.Int32 => Read<int>(),
        MemberKind.UInt32 => Read<uint>(),
        MemberKind.Int64 or MemberKind.UInt64 => Read<long>(),
        _ => throw Mismatch("an integer"),
    };

    /// <summary>The value as an unsigned 64-bit integer.</summary>
    /// <returns>The value.</returns>
    public ulong ToUInt64() => (ulong)ToInt64();

    /// <summary>The value as a signed 32-bit integer.</summary>
    /// <returns>The value.</returns>
    public int ToInt32() => (int)ToInt64();

    /// <summary>The value as an unsigned 32-bit integer.</summary>
    /// <returns>The value.</returns>
    public uint ToUInt32() => (uint)ToInt64();

    /// <summary>The value as a signed 16-bit integer.</summary>
    /// <returns>The value.</returns>
    public short ToInt16() => (short)ToInt64();

    /// <summary>The value as an unsigned 16-bit integer.</summary>
    /// <returns>The value.</returns>
    public ushort ToUInt16() => (ushort)ToInt64();

    /// <summary>The value as an unsigned 8-bit integer.</summary>
    /// <returns>The value.</returns>
    public byte ToByte() => (byte)ToInt64();

    /// <summary>The value as a signed 8-bit integer.</summary>
    /// <returns>The value.</returns>
    public sbyte ToSByte() => (sbyte)ToInt64();

    /// <summary>The value as a character.</summary>
    /// <returns>The value.</returns>
    public char ToChar() => Read<char>();

    /// <summary>The value as a floating-point number of 32 bits.</summary>
    /// <returns>The value.</returns>
    public float ToSingle() => Kind == MemberKind.Single ? Read<float>() : ToInt64();

    /// <summary>The value as a floating-point number of 64 bits.</summary>
    /// <returns>The value.</returns>
    public double ToDouble() => Kind switch
    {
        MemberKind.Double => Read<double>(),
        MemberKind.Single => Read<float>(),
        _ => ToInt64(),
    };

    /// <summary>The value as a decimal.</summary>
    /// <returns>The value.</returns>
    public decimal ToDecimal() => Kind switch
    {
        MemberKind.Decimal => Read<PackedDecimal>().Value(_member),
        MemberKind.UInt64 => ToUInt64(),
        _ => ToInt64(),
    };

    /// <summary>The value as date and time.</summary>
    /// <returns>The value.</returns>
    public DateTime ToDateTime() => Read<PackedDateTime>().Value(_member);

    /// <summary>The value as date and time with offset.</summary>
    /// <returns>The value.</returns>
    public DateTimeOffset ToDateTimeOffset() => Read<PackedDateTimeOffset>().Value(_member);

    /// <summary>The value as a date.</summary>
    /// <returns>The value.</returns>
    public DateOnly ToDateOnly() => Read<PackedDateOnly>().Value(_member);

    /// <summary>The value as a span of time.</summary>
    /// <returns>The value.</returns>
    public TimeSpan ToTimeSpan() => new(Read<long>());

    /// <summary>The value as a Guid.</summary>
    /// <returns>The value.</returns>
    public Guid ToGuid() => Read<Guid>();

    /// <summary>The value as a string from the pool.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="RecordFormatException">The bytes are not UTF-8.</exception>
    public string ToText()
    {
        RecordReader bytes = _bytes;
        return bytes.ReadString(bytes.Remaining, _member);
    }

    /// <summary>The value as text that borrows the buffer.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="RecordFormatException">The bytes are not UTF-8.</exception>
    public Text ToBorrowedText()
    {
        RecordReader bytes = _bytes;
        return bytes.ReadText(bytes.Remaining, _member);
    }

    /// <summary>The value as bytes of its own.</summary>
    /// <returns>The value.</returns>
    public byte[] ToBytes() => _bytes.Rest.ToArray();

    /// <summary>The value as bytes that borrow the buffer.</summary>
    /// <returns>The value.</returns>
    public ReadOnlyMemory<byte> ToMemory()
    {
        RecordReader bytes = _bytes;
        return bytes.ReadMemory(bytes.Remaining, _member);
    }

    /// <summary>The value as the payload of a struct, for the codec of that struct.</summary>
    /// <returns>A reader at its start.</returns>
    /// <exception cref="RecordFormatException">It lies too deep.</exception>
    public RecordReader ToRecord()
    {
        RecordReader bytes = _bytes;
        return bytes.Nested(bytes.Remaining, _member);
    }

    /// <summary>The elements of an array.</summary>
    /// <returns>The elements, one after the other.</returns>
    /// <exception cref="RecordFormatException">The count does not fit.</exception>
    public SchemaElements Elements()
    {
        if (Type.Kind != MemberKind.Array) throw Mismatch("an array");
        return new SchemaElements(_bytes, Type, _member);
    }

    private T Read<T>()
        where T : unmanaged
    {
        RecordReader bytes = _bytes;
        return bytes.Read<T>(_member);
    }

    private RecordFormatException Mismatch(string expected) => new($"Member '{_member}' was written as {Type}, which is not {expected}.");
}
