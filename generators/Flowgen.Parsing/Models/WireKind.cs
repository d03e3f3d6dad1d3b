namespace Flowgen.Parsing.Models;

/// <summary>How a value is written: the name of a predefined type, or a shape of several values.</summary>
public enum WireKind
{
    Boolean,
    Byte,
    SByte,
    Char,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    Decimal,
    DateTimeOffset,
    DateTime,
    DateOnly,
    TimeSpan,
    Guid,

    /// <summary>An enum; <see cref="WireType.Element"/> is its underlying type.</summary>
    Enum,
    String,
    Text,

    /// <summary><c>byte[]</c>.</summary>
    Bytes,

    /// <summary><c>ReadOnlyMemory&lt;byte&gt;</c>.</summary>
    Memory,

    /// <summary>An array of <see cref="WireType.Element"/>.</summary>
    Array,

    /// <summary>An <c>ImmutableArray</c> of <see cref="WireType.Element"/>.</summary>
    ImmutableArray,

    /// <summary>A struct or record of several members: <see cref="WireType.Nested"/>.</summary>
    Nested,
}
