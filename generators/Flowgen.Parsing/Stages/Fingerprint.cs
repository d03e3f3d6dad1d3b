using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Describes a layout as text: <c>Mean{Sum:f64,Count:i64}</c>. State that was written with another layout is not read.</summary>
internal static class Fingerprint
{
    private const int DeepestNesting = 16;

    /// <summary>The memory of a type without references.</summary>
    public static string Of(ITypeSymbol type) => Of(type, 0);

    /// <summary>The members of a type that is written one by one.</summary>
    public static string Of(WireType wire)
    {
        string name = wire.Kind switch
        {
            WireKind.Nested => $"{wire.Type.Name}{{{string.Join(",", wire.Nested!.Members.Select(m => $"{m.Name}:{Of(m.Wire)}"))}}}",
            WireKind.Array or WireKind.ImmutableArray => $"[{Of(wire.Element!)}]",
            WireKind.Enum => Of(wire.Element!),
            _ => Short(wire.Kind),
        };
        return wire.IsNullable ? name + "?" : name;
    }

    private static string Of(ITypeSymbol type, int depth)
    {
        if (type is INamedTypeSymbol { EnumUnderlyingType: { } underlying }) return Of(underlying, depth);
        if (type.SpecialType != SpecialType.None || depth > DeepestNesting) return Short(type.SpecialType) ?? type.Name;
        IEnumerable<IFieldSymbol> fields = type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && !f.IsConst);
        string members = string.Join(",", fields.Select(f => $"{(f.AssociatedSymbol ?? f).Name}:{Of(f.Type, depth + 1)}"));
        bool isForeign = type.ContainingNamespace?.ToDisplayString().StartsWith("System", StringComparison.Ordinal) == true;
        return isForeign ? type.WithoutNullability() is var plain && !plain.Is(type) ? Of(plain, depth + 1) + "?" : type.Name : $"{type.Name}{{{members}}}";
    }

    private static string? Short(SpecialType type) => type switch
    {
        SpecialType.System_Boolean => Short(WireKind.Boolean),
        SpecialType.System_Byte => Short(WireKind.Byte),
        SpecialType.System_SByte => Short(WireKind.SByte),
        SpecialType.System_Char => Short(WireKind.Char),
        SpecialType.System_Int16 => Short(WireKind.Int16),
        SpecialType.System_UInt16 => Short(WireKind.UInt16),
        SpecialType.System_Int32 => Short(WireKind.Int32),
        SpecialType.System_UInt32 => Short(WireKind.UInt32),
        SpecialType.System_Int64 => Short(WireKind.Int64),
        SpecialType.System_UInt64 => Short(WireKind.UInt64),
        SpecialType.System_Single => Short(WireKind.Single),
        SpecialType.System_Double => Short(WireKind.Double),
        _ => null,
    };

    private static string Short(WireKind kind) => kind switch
    {
        WireKind.Byte => "u8",
        WireKind.SByte => "i8",
        WireKind.Int16 => "i16",
        WireKind.UInt16 => "u16",
        WireKind.Int32 => "i32",
        WireKind.UInt32 => "u32",
        WireKind.Int64 => "i64",
        WireKind.UInt64 => "u64",
        WireKind.Single => "f32",
        WireKind.Double => "f64",
        WireKind.Boolean => "bool",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
