using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Names types for generated code.</summary>
internal static class TypeRefs
{
    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat;

    private static readonly SymbolDisplayFormat Short = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The type without its nullability.</summary>
    public static TypeRef Of(ITypeSymbol type)
    {
        ITypeSymbol plain = type.WithoutNullability();
        bool isKeyword = plain.SpecialType != SpecialType.None || plain.IsTupleType || plain.ContainingNamespace is null or { IsGlobalNamespace: true };
        return new TypeRef(plain.ToDisplayString(Full), plain.ToDisplayString(Short), isKeyword ? "" : plain.ContainingNamespace!.ToDisplayString());
    }

    /// <summary>The type as messages name it: short, with its nullability.</summary>
    public static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary><c>int</c> for <c>int?</c>, <c>string</c> for <c>string?</c>.</summary>
    public static ITypeSymbol WithoutNullability(this ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);

    /// <summary>Whether null is a value of the type: <c>int?</c>, <c>string?</c>.</summary>
    public static bool IsNullable(this ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }
        || (type.IsReferenceType && type.NullableAnnotation == NullableAnnotation.Annotated);

    /// <summary>Whether two symbols are the same type, whatever their nullability.</summary>
    public static bool Is(this ITypeSymbol type, ITypeSymbol? other) => other is not null && SymbolEqualityComparer.Default.Equals(type, other);

    /// <summary>Whether a type is made from a generic definition.</summary>
    public static bool IsMadeFrom(this ITypeSymbol type, INamedTypeSymbol? definition) => definition is not null && type.OriginalDefinition.Is(definition);
}
