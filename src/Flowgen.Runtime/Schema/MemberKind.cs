using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>What the bytes of a member are. The numbers are stored with topics and never change.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum MemberKind : byte
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool = 1,

    /// <summary>Unsigned, 1 byte.</summary>
    Byte = 2,

    /// <summary>Signed, 1 byte.</summary>
    SByte = 3,

    /// <summary>Signed, 2 bytes.</summary>
    Int16 = 4,

    /// <summary>Unsigned, 2 bytes.</summary>
    UInt16 = 5,

    /// <summary>Signed, 4 bytes.</summary>
    Int32 = 6,

    /// <summary>Unsigned, 4 bytes.</summary>
    UInt32 = 7,

    /// <summary>Signed, 8 bytes.</summary>
    Int64 = 8,

    /// <summary>Unsigned, 8 bytes.</summary>
    UInt64 = 9,

    /// <summary>IEEE 754, 4 bytes.</summary>
    Single = 10,

    /// <summary>IEEE 754, 8 bytes.</summary>
    Double = 11,

    /// <summary>16 bytes in the order of <see cref="decimal.GetBits(decimal)"/>.</summary>
    Decimal = 12,

    /// <summary>UTF-16 code unit, 2 bytes.</summary>
    Char = 13,

    /// <summary>Ticks (8 bytes) and kind (1 byte).</summary>
    DateTime = 14,

    /// <summary>UTC ticks (8 bytes) and offset in minutes (2 bytes).</summary>
    DateTimeOffset = 15,

    /// <summary>Days since 0001-01-01, 4 bytes.</summary>
    DateOnly = 16,

    /// <summary>Ticks, 8 bytes.</summary>
    TimeSpan = 17,

    /// <summary>16 bytes as in <see cref="System.Guid.ToByteArray()"/>.</summary>
    Guid = 18,

    /// <summary>UTF-8.</summary>
    String = 19,

    /// <summary>Bytes as they are.</summary>
    Bytes = 20,

    /// <summary>An integer with names.</summary>
    Enum = 21,

    /// <summary>A record inside the record.</summary>
    Struct = 22,

    /// <summary>Count, then elements.</summary>
    Array = 23,
}
