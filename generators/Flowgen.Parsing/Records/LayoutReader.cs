using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Decides whether the memory of a record can be stored as it is: only types whose every bit pattern is a value, and no padding.</summary>
internal static class LayoutReader
{
    private const int MostKeyParts = 4;

    /// <summary>The layout of a record; null: it is encoded member by member.</summary>
    public static LayoutModel? Read(INamedTypeSymbol type, Shape shape, KeyAccess? key, EventTimeModel? time)
    {
        if (shape.Members.Any(m => m.Header is not null)) return null;
        if (!TryPlace(type, shape, out Dictionary<string, int> offsets, out int size, out _)) return null;

        var parts = new List<KeyPartLayout>();
        foreach (string member in key is null ? [] : key.Members)
        {
            MemberModel? part = shape.Members.FirstOrDefault(m => m.Name == member);
            // Kafka writes a Guid as text.
            if (part is null || part.Wire.Kind == WireKind.Guid) return null;
            parts.Add(new KeyPartLayout(offsets[member], part.Wire.FixedSize, part.Wire.FixedSize > 1));
        }

        return parts.Count > MostKeyParts ? null : new LayoutModel(size, time is null ? -1 : offsets[time.Member], time?.Unit ?? "Milliseconds", parts.ToEquatable());
    }

    private static bool TryPlace(INamedTypeSymbol type, Shape shape, out Dictionary<string, int> offsets, out int size, out int alignment)
    {
        offsets = [];
        size = 0;
        alignment = 1;
        if (!IsInMemberOrder(type, shape, out List<IFieldSymbol> fields)) return false;
        for (int i = 0; i < fields.Count; i++)
        {
            if (!TryMeasure(fields[i].Type, shape.Members[i].Wire, out int memberSize, out int memberAlignment) || size % memberAlignment != 0) return false;
            offsets[shape.Members[i].Name] = size;
            size += memberSize;
            alignment = Math.Max(alignment, memberAlignment);
        }

        return size > 0 && size % alignment == 0;
    }

    // Fields lie in memory as they are declared; where constructor members and others mix, that order is the compiler's.
    private static bool IsInMemberOrder(INamedTypeSymbol type, Shape shape, out List<IFieldSymbol> fields)
    {
        fields = [.. type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && !f.IsConst)];
        bool allPositional = shape.Members.All(m => m.ConstructorPosition >= 0), nonePositional = shape.Members.All(m => m.ConstructorPosition < 0);
        return type is { IsUnmanagedType: true, DeclaringSyntaxReferences.Length: 1 }
            && (allPositional || nonePositional)
            && !type.GetAttributes().Any(a => a.AttributeClass?.Name == "StructLayoutAttribute")
            && fields.Select(f => (f.AssociatedSymbol ?? f).Name).SequenceEqual(shape.Members.Select(m => m.Name));
    }

    private static bool TryMeasure(ITypeSymbol type, WireType wire, out int size, out int alignment)
    {
        size = alignment = wire.FixedSize;
        if (wire.IsNullable) return false;
        switch (wire.Kind)
        {
            case WireKind.Byte or WireKind.SByte or WireKind.Int16 or WireKind.UInt16 or WireKind.Int32 or WireKind.UInt32
                or WireKind.Int64 or WireKind.UInt64 or WireKind.Single or WireKind.Double or WireKind.TimeSpan or WireKind.Enum:
                return true;
            case WireKind.Guid:
                alignment = 4;
                return true;
            case WireKind.Nested when type is INamedTypeSymbol { IsValueType: true } nested:
                return TryPlace(nested, wire.Nested!, out _, out size, out alignment);
            default:
                return false;
        }
    }
}
