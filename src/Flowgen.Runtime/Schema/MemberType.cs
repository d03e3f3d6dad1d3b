using System.Collections.Immutable;
using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>The type of a member as it lies in the bytes: <c>MemberType.Int32</c>, <c>MemberType.Enum(…)</c>, <c>MemberType.Array(…)</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MemberType : IEquatable<MemberType>
{
    private MemberType(MemberKind kind, int fixedSize)
    {
        Kind = kind;
        FixedSize = fixedSize;
    }

    /// <summary>true or false.</summary>
    public static MemberType Bool { get; } = new(MemberKind.Bool, 1);

    /// <summary>0 to 255.</summary>
    public static MemberType Byte { get; } = new(MemberKind.Byte, 1);

    /// <summary>-128 to 127.</summary>
    public static MemberType SByte { get; } = new(MemberKind.SByte, 1);

    /// <summary>Signed, 16 bits.</summary>
    public static MemberType Int16 { get; } = new(MemberKind.Int16, 2);

    /// <summary>Unsigned, 16 bits.</summary>
    public static MemberType UInt16 { get; } = new(MemberKind.UInt16, 2);

    /// <summary>Signed, 32 bits.</summary>
    public static MemberType Int32 { get; } = new(MemberKind.Int32, 4);

    /// <summary>Unsigned, 32 bits.</summary>
    public static MemberType UInt32 { get; } = new(MemberKind.UInt32, 4);

    /// <summary>Signed, 64 bits.</summary>
    public static MemberType Int64 { get; } = new(MemberKind.Int64, 8);

    /// <summary>Unsigned, 64 bits.</summary>
    public static MemberType UInt64 { get; } = new(MemberKind.UInt64, 8);

    /// <summary>Floating point, 32 bits.</summary>
    public static MemberType Single { get; } = new(MemberKind.Single, 4);

    /// <summary>Floating point, 64 bits.</summary>
    public static MemberType Double { get; } = new(MemberKind.Double, 8);

    /// <summary>Decimal, 128 bits.</summary>
    public static MemberType Decimal { get; } = new(MemberKind.Decimal, 16);

    /// <summary>A UTF-16 code unit.</summary>
    public static MemberType Char { get; } = new(MemberKind.Char, 2);

    /// <summary>Date and time, UTC or unspecified.</summary>
    public static MemberType DateTime { get; } = new(MemberKind.DateTime, 9);

    /// <summary>Date and time with offset.</summary>
    public static MemberType DateTimeOffset { get; } = new(MemberKind.DateTimeOffset, 10);

    /// <summary>A date.</summary>
    public static MemberType DateOnly { get; } = new(MemberKind.DateOnly, 4);

    /// <summary>A span of time.</summary>
    public static MemberType TimeSpan { get; } = new(MemberKind.TimeSpan, 8);

    /// <summary>A Guid.</summary>
    public static MemberType Guid { get; } = new(MemberKind.Guid, 16);

    /// <summary>Text: string or <see cref="Text"/>.</summary>
    public static MemberType String { get; } = new(MemberKind.String, 0);

    /// <summary>Bytes.</summary>
    public static MemberType Bytes { get; } = new(MemberKind.Bytes, 0);

    /// <summary>What the bytes are.</summary>
    public MemberKind Kind { get; }

    /// <summary>Number of bytes of each value; 0 if it varies.</summary>
    public int FixedSize { get; }

    /// <summary>Whether each value has the same number of bytes.</summary>
    public bool IsFixed => FixedSize > 0;

    /// <summary>Name of an enum or struct; else empty.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The integer behind an enum.</summary>
    public MemberType? Underlying { get; private init; }

    /// <summary>The names of an enum.</summary>
    public ImmutableArray<EnumName> Names { get; private init; } = [];

    /// <summary>The shape of a struct.</summary>
    public RecordSchema? Record { get; private init; }

    /// <summary>The type of the elements of an array.</summary>
    public MemberType? Element { get; private init; }

    /// <summary>Whether elements of an array can be null: a byte 0 or 1 stands in front of each.</summary>
    public bool HasNullableElements { get; private init; }

    /// <summary>The type of a kind that needs no more description.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The type.</returns>
    /// <exception cref="ArgumentException">Enums, structs and arrays need more.</exception>
    public static MemberType Of(MemberKind kind) => kind switch
    {
        MemberKind.Bool => Bool,
        MemberKind.Byte => Byte,
        MemberKind.SByte => SByte,
        MemberKind.Int16 => Int16,
        MemberKind.UInt16 => UInt16,
        MemberKind.Int32 => Int32,
        MemberKind.UInt32 => UInt32,
        MemberKind.Int64 => Int64,
        MemberKind.UInt64 => UInt64,
        MemberKind.Single => Single,
        MemberKind.Double => Double,
        MemberKind.Decimal => Decimal,
        MemberKind.Char => Char,
        MemberKind.DateTime => DateTime,
        MemberKind.DateTimeOffset => DateTimeOffset,
        MemberKind.DateOnly => DateOnly,
        MemberKind.TimeSpan => TimeSpan,
        MemberKind.Guid => Guid,
        MemberKind.String => String,
        MemberKind.Bytes => Bytes,
        _ => throw new ArgumentException($"'{kind}' is not a kind of one value.", nameof(kind)),
    };

    /// <summary>An integer with names.</summary>
    /// <param name="name">Name of the enum.</param>
    /// <param name="underlying">The integer behind it.</param>
    /// <param name="names">Its names.</param>
    /// <returns>The type.</returns>
    public static MemberType Enum(string name, MemberType underlying, params ReadOnlySpan<EnumName> names)
    {
        ArgumentNullException.ThrowIfNull(underlying);
        return new MemberType(MemberKind.Enum, underlying.FixedSize) { Name = name, Underlying = underlying, Names = [.. names] };
    }

    /// <summary>A record inside the record.</summary>
    /// <param name="record">Its shape.</param>
    /// <returns>The type.</returns>
    public static MemberType Struct(RecordSchema record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new MemberType(MemberKind.Struct, record.IsFixed ? record.FixedSize : 0) { Name = record.Name, Record = record };
    }

    /// <summary>A number of values of one type.</summary>
    /// <param name="element">Type of the values.</param>
    /// <param name="nullableElements">Whether they can be null.</param>
    /// <returns>The type.</returns>
    public static MemberType Array(MemberType element, bool nullableElements = false)
    {
        ArgumentNullException.ThrowIfNull(element);
        return new MemberType(MemberKind.Array, 0) { Element = element, HasNullableElements = nullableElements };
    }

    /// <inheritdoc/>
    public bool Equals(MemberType? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Kind == other.Kind && Name == other.Name && Equals(Underlying, other.Underlying)
            && Names.AsSpan().SequenceEqual(other.Names.AsSpan()) && Equals(Record, other.Record)
            && Equals(Element, other.Element) && HasNullableElements == other.HasNullableElements);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MemberType);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Name, Element, HasNullableElements);

    /// <summary>The type as messages name it.</summary>
    /// <returns>For example "Int32", "Customer" or "String[]".</returns>
    public override string ToString() => Kind switch
    {
        MemberKind.Array => $"{Element}{(HasNullableElements ? "?" : "")}[]",
        MemberKind.Enum or MemberKind.Struct => Name,
        _ => Kind.ToString(),
    };
}
