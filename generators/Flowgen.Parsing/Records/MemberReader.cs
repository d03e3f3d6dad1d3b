using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Finds the members of a type that make up its values, and the constructor that makes a value again.</summary>
internal static class MemberReader
{
    /// <summary>The members in the order in which they are numbered: those of the constructor, then the others as they are declared.</summary>
    /// <param name="type">The type.</param>
    /// <param name="members">Stored members, and computed properties with attributes of Flowgen.</param>
    /// <returns>Whether a value can be made from its stored members.</returns>
    public static bool TryRead(INamedTypeSymbol type, out List<MemberDeclaration> members)
    {
        List<ISymbol> candidates = [.. Hierarchy(type).SelectMany(t => t.GetMembers()).Where(IsCandidate)];
        IMethodSymbol? constructor = FindConstructor(type, candidates);
        members = [];
        foreach (IParameterSymbol parameter in constructor?.Parameters ?? [])
            members.Add(new MemberDeclaration(Match(parameter, candidates)!, parameter.Type, parameter, IsWritten: true));

        HashSet<ISymbol> taken = new(members.Select(m => m.Symbol), SymbolEqualityComparer.Default);
        members.AddRange(candidates.Where(c => !taken.Contains(c) && IsSettable(c)).Select(c => new MemberDeclaration(c, TypeOf(c), null, IsWritten: true)));
        members.AddRange(candidates.Where(c => !taken.Contains(c) && !IsSettable(c) && IsMarked(c)).Select(c => new MemberDeclaration(c, TypeOf(c), null, IsWritten: false)));

        bool hasConstructor = constructor is not null || type.IsValueType;
        return hasConstructor && !type.IsAbstract && !HasHiddenState(type, members);
    }

    // A positional record has its own constructor; other types the one with the most parameters that all name a member.
    private static IMethodSymbol? FindConstructor(INamedTypeSymbol type, List<ISymbol> candidates) => type.InstanceConstructors
        .Where(c => c.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal)
        .Where(c => !(c.Parameters is [{ Type: var only }] && only.Is(type)))
        .Where(c => c.Parameters.All(p => p.RefKind is RefKind.None or RefKind.In && Match(p, candidates) is not null))
        .OrderByDescending(c => c.Parameters.Length)
        .FirstOrDefault();

    private static ISymbol? Match(IParameterSymbol parameter, List<ISymbol> candidates) =>
        candidates.Find(c => string.Equals(c.Name, parameter.Name, StringComparison.OrdinalIgnoreCase) && TypeOf(c).Is(parameter.Type));

    private static Stack<INamedTypeSymbol> Hierarchy(INamedTypeSymbol type)
    {
        var types = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? t = type; t is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; t = t.BaseType) types.Push(t);
        return types;
    }

    private static bool IsCandidate(ISymbol member) =>
        !member.IsStatic
        && member.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
        && member is IPropertySymbol { IsIndexer: false, GetMethod: not null, IsOverride: false } or IFieldSymbol { IsConst: false, AssociatedSymbol: null };

    private static bool IsSettable(ISymbol member) => member switch
    {
        IPropertySymbol property => property.SetMethod is { DeclaredAccessibility: Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal },
        IFieldSymbol field => !field.IsReadOnly,
        _ => false,
    };

    private static bool IsMarked(ISymbol member) => member.GetAttributes().Any(a => a.IsOfFlowgen());

    private static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    // A field that is neither a stored member nor behind one would be lost on the way through a log.
    private static bool HasHiddenState(INamedTypeSymbol type, List<MemberDeclaration> members)
    {
        HashSet<ISymbol> stored = new(members.Where(m => m.IsWritten).Select(m => m.Symbol), SymbolEqualityComparer.Default);
        return Hierarchy(type).SelectMany(t => t.GetMembers().OfType<IFieldSymbol>())
            .Any(f => !f.IsStatic && !f.IsConst && !stored.Contains(f.AssociatedSymbol ?? f));
    }
}
