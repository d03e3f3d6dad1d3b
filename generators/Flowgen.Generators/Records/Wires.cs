using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Records;

/// <summary>How single values look in the fixed part of a payload.</summary>
internal static class Wires
{
    /// <summary>Whether the bytes of a value are its memory and every pattern of bits is a value.</summary>
    public static bool IsRaw(WireType wire) => wire is { IsNullable: false, IsFixed: true } && PackedType(wire.Kind) is null && wire.Kind != WireKind.Nested;

    /// <summary>The struct of the runtime that stands for a value whose memory is not its bytes; null where the value stands for itself.</summary>
    public static string? PackedType(WireKind kind) => kind switch
    {
        WireKind.Boolean => "PackedBool",
        WireKind.Decimal => "PackedDecimal",
        WireKind.DateTimeOffset => "PackedDateTimeOffset",
        WireKind.DateTime => "PackedDateTime",
        WireKind.DateOnly => "PackedDateOnly",
        _ => null,
    };

    /// <summary>Whether a value borrows the buffer that it was read from, or holds something that does.</summary>
    public static bool Borrows(WireType wire) => wire.Kind switch
    {
        WireKind.Text or WireKind.Memory => true,
        WireKind.Array or WireKind.ImmutableArray => Borrows(wire.Element!),
        WireKind.Nested => wire.Nested!.Members.Any(m => Borrows(m.Wire)),
        _ => false,
    };

    /// <summary>The null of a type in a conditional expression: where the type converts from null, <c>null</c> alone would become a value.</summary>
    public static string Null(WireType wire, TypeNames names) =>
        wire.IsValueType && wire.Kind is WireKind.Text or WireKind.Memory or WireKind.Nested or WireKind.ImmutableArray ? $"default({Declaration(wire, names)})" : "null";

    /// <summary>An expression that makes an array of <c>count</c> elements.</summary>
    public static string NewArray(WireType element, TypeNames names)
    {
        string suffix = "";
        WireType inner = element;
        while (inner.Kind == WireKind.Array)
        {
            suffix += "[]";
            inner = inner.Element!;
        }

        return $"new {Declaration(inner, names)}[count]{suffix}";
    }

    /// <summary>A type as a declaration names it.</summary>
    public static string Declaration(WireType wire, TypeNames names) => wire.Kind switch
    {
        WireKind.Array => Declaration(wire.Element!, names) + "[]",
        WireKind.ImmutableArray => $"ImmutableArray<{Declaration(wire.Element!, names)}>",
        _ => names.Of(wire.Type),
    } + (wire.IsNullable ? "?" : "");
}
