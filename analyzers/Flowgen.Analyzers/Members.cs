using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers;

/// <summary>What the members of a type hold.</summary>
internal static class Members
{
    /// <summary>True where the compiler keeps the value of the property in a field of its own.</summary>
    public static bool IsAutomatic(IPropertySymbol property) => property.ContainingType.GetMembers()
        .Any(member => member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    /// <summary>The fields of an instance, each as what the user wrote: the field or the property that it backs.</summary>
    public static IEnumerable<(ISymbol Member, ITypeSymbol Type)> OfInstance(ITypeSymbol type) => type.GetMembers()
        .OfType<IFieldSymbol>()
        .Where(field => !field.IsStatic && !field.IsConst)
        .Select(field => (field.AssociatedSymbol ?? field, field.Type));

    /// <summary>True if a value of <paramref name="type"/> can hold a value that <paramref name="wanted"/> accepts: itself, or deep in its structs, arrays and type arguments.</summary>
    public static bool Hold(ITypeSymbol type, Func<ITypeSymbol, bool> wanted) => Hold(type, wanted, depth: 8);

    private static bool Hold(ITypeSymbol type, Func<ITypeSymbol, bool> wanted, int depth)
    {
        if (wanted(type)) return true;
        if (depth == 0) return false;
        if (type is IArrayTypeSymbol array) return Hold(array.ElementType, wanted, depth - 1);
        if (type is not INamedTypeSymbol named) return false;
        if (named.TypeArguments.Any(argument => Hold(argument, wanted, depth - 1))) return true;
        bool isPlainStruct = named is { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } && named.DeclaringSyntaxReferences.Length > 0;
        return isPlainStruct && OfInstance(named).Any(field => Hold(field.Type, wanted, depth - 1));
    }
}
