using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Decides how a type is written.</summary>
internal sealed class WireTypes(KnownSymbols known)
{
    private const int DeepestNesting = 16;

    /// <summary>How values of a type are written; null: they cannot be.</summary>
    /// <param name="type">The type.</param>
    /// <param name="nullableReferences">Whether every reference may be null, whatever it is declared as: in state, which starts as default.</param>
    /// <returns>How it is written.</returns>
    public WireType? Of(ITypeSymbol type, bool nullableReferences = false) => Of(type, nullableReferences, 0);

    /// <summary>How the members of a type are written; null: one of them cannot be, or a value cannot be made again.</summary>
    public Shape? ShapeOf(INamedTypeSymbol type, bool nullableReferences = false) => ShapeOf(type, nullableReferences, 0);

    private WireType? Of(ITypeSymbol type, bool nullableReferences, int depth)
    {
        if (depth > DeepestNesting) return null;
        bool isNullable = type.IsNullable() || (type.IsReferenceType && (nullableReferences || type.NullableAnnotation == NullableAnnotation.None));
        ITypeSymbol plain = type.WithoutNullability();
        if (plain is IArrayTypeSymbol array) return OfArray(array, isNullable, nullableReferences, depth);
        if (plain is not INamedTypeSymbol named) return null;
        if (named.EnumUnderlyingType is { } underlying) return OfEnum(named, underlying, isNullable);
        if (KindOf(named) is { } kind) return new WireType(kind, TypeRefs.Of(named), isNullable, SizeOf(kind));
        if (named.IsGenericType && named.ContainingNamespace?.ToDisplayString() == "System.Collections.Immutable" && named.Name == "ImmutableArray")
        {
            return Of(named.TypeArguments[0], nullableReferences, depth + 1) is { } element
                ? new WireType(WireKind.ImmutableArray, TypeRefs.Of(named), isNullable, 0, element)
                : null;
        }

        return ShapeOf(named, nullableReferences, depth + 1) is { } shape
            ? new WireType(WireKind.Nested, shape.Type, isNullable, SizeOf(shape), null, shape)
            : null;
    }

    private WireType? OfArray(IArrayTypeSymbol array, bool isNullable, bool nullableReferences, int depth)
    {
        if (array.Rank != 1) return null;
        if (array.ElementType.SpecialType == SpecialType.System_Byte) return new WireType(WireKind.Bytes, TypeRefs.Of(array), isNullable, 0);
        return Of(array.ElementType, nullableReferences, depth + 1) is { } element
            ? new WireType(WireKind.Array, TypeRefs.Of(array), isNullable, 0, element)
            : null;
    }

    private WireType OfEnum(INamedTypeSymbol type, INamedTypeSymbol underlying, bool isNullable)
    {
        WireKind kind = KindOf(underlying)!.Value;
        var element = new WireType(kind, TypeRefs.Of(underlying), false, SizeOf(kind));
        return new WireType(WireKind.Enum, TypeRefs.Of(type), isNullable, element.FixedSize, element);
    }

    private Shape? ShapeOf(INamedTypeSymbol type, bool nullableReferences, int depth)
    {
        if (!CanHaveShape(type) || !MemberReader.TryRead(type, out List<MemberDeclaration> declarations)) return null;
        var members = new List<MemberModel>();
        foreach (MemberDeclaration member in declarations.Where(m => m.IsWritten))
        {
            if (Of(member.Type, nullableReferences, depth) is not { } wire) return null;
            members.Add(Member(member, wire, members.Count));
        }

        return members.Count == 0 ? null : new Shape(TypeRefs.Of(type), type.IsValueType, members.ToEquatable());
    }

    /// <summary>A member without its part in a key or a time.</summary>
    public static MemberModel Member(MemberDeclaration member, WireType wire, int index)
    {
        AttributeData? field = member.Attribute("Field");
        return new MemberModel(
            member.Name,
            field?.NamedText("Name") ?? NameText.Camel(member.Name),
            field?.First<int>() ?? index + 1,
            wire,
            KeyOrder: -1,
            IsEventTime: false,
            Header: null,
            IsSensitive: member.Attribute("Sensitive") is not null,
            ConstructorPosition: member.Parameter?.Ordinal ?? -1,
            Default: member.Parameter is { HasExplicitDefaultValue: true } parameter ? LiteralText.Of(parameter.ExplicitDefaultValue, parameter.Type) : null);
    }

    private static bool CanHaveShape(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Struct or TypeKind.Class, IsTupleType: false, IsRefLikeType: false, IsAbstract: false, IsStatic: false, SpecialType: SpecialType.None, IsUnboundGenericType: false }
        && !type.ContainingNamespace.ToDisplayString().StartsWith("System", StringComparison.Ordinal);

    private static int SizeOf(Shape shape) =>
        shape.Members.All(m => m.Wire.IsFixed) ? ((shape.Members.Count(m => m.Wire.IsNullable) + 7) / 8) + shape.Members.Sum(m => m.Wire.FixedSize) : 0;

    private WireKind? KindOf(INamedTypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => WireKind.Boolean,
        SpecialType.System_Byte => WireKind.Byte,
        SpecialType.System_SByte => WireKind.SByte,
        SpecialType.System_Char => WireKind.Char,
        SpecialType.System_Int16 => WireKind.Int16,
        SpecialType.System_UInt16 => WireKind.UInt16,
        SpecialType.System_Int32 => WireKind.Int32,
        SpecialType.System_UInt32 => WireKind.UInt32,
        SpecialType.System_Int64 => WireKind.Int64,
        SpecialType.System_UInt64 => WireKind.UInt64,
        SpecialType.System_Single => WireKind.Single,
        SpecialType.System_Double => WireKind.Double,
        SpecialType.System_Decimal => WireKind.Decimal,
        SpecialType.System_String => WireKind.String,
        SpecialType.System_DateTime => WireKind.DateTime,
        _ when type.Is(known.Text) => WireKind.Text,
        _ when type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true } => type.Name switch
        {
            "DateTimeOffset" => WireKind.DateTimeOffset,
            "DateOnly" => WireKind.DateOnly,
            "TimeSpan" => WireKind.TimeSpan,
            "Guid" => WireKind.Guid,
            "ReadOnlyMemory" when type.TypeArguments is [{ SpecialType: SpecialType.System_Byte }] => WireKind.Memory,
            _ => null,
        },
        _ => null,
    };

    private static int SizeOf(WireKind kind) => kind switch
    {
        WireKind.Boolean or WireKind.Byte or WireKind.SByte => 1,
        WireKind.Char or WireKind.Int16 or WireKind.UInt16 => 2,
        WireKind.Int32 or WireKind.UInt32 or WireKind.Single or WireKind.DateOnly => 4,
        WireKind.Int64 or WireKind.UInt64 or WireKind.Double or WireKind.TimeSpan => 8,
        WireKind.DateTime => 9,
        WireKind.DateTimeOffset => 10,
        WireKind.Decimal or WireKind.Guid => 16,
        _ => 0,
    };
}
