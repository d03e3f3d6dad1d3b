using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.Parsing;

/// <summary>Finds which of the <see cref="GeneratedWords"/> would mean something else in a generated file: because a type, a namespace or a member of the
/// user with the same name is nearer, or because a global using brings one that is as near. What it does not know (arity, kind) it takes for a clash:
/// full names are never wrong.</summary>
internal sealed class HiddenNames(Compilation compilation)
{
    private readonly ConcurrentDictionary<string, EquatableArray<string>> _beside = new(StringComparer.Ordinal);
    private readonly Lazy<HashSet<string>> _imported = new(() => Imported(compilation));

    /// <summary>The names that are hidden in a type written beside another one, in its namespace.</summary>
    public EquatableArray<string> Beside(INamedTypeSymbol type) =>
        _beside.GetOrAdd(type.ContainingNamespace.ToDisplayString(), _ => GeneratedWords.Names.Where(name => IsHiddenIn(type.ContainingNamespace, name)).ToEquatable());

    /// <summary>The names that are hidden in a part of a type.</summary>
    public EquatableArray<string> Inside(INamedTypeSymbol type)
    {
        HashSet<string> members = [.. Declarations.Around(type).Prepend(type).SelectMany(Hierarchy).SelectMany(t => t.GetMembers()).Where(Declarations.IsWrittenByHand).Select(m => Word(m.Name))];
        EquatableArray<string> beside = Beside(type);
        return members.Any(m => GeneratedWords.NamespaceOf(m) is not null)
            ? GeneratedWords.Names.Where(name => members.Contains(name) || beside.Contains(name)).ToEquatable()
            : beside;
    }

    private static IEnumerable<INamedTypeSymbol> Hierarchy(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type; t is { SpecialType: SpecialType.None }; t = t.BaseType) yield return t;
    }

    private static HashSet<string> Imported(Compilation compilation)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        List<INamespaceOrTypeSymbol> opened = [];
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (tree.GetRoot() is not CompilationUnitSyntax root) continue;
            foreach (UsingDirectiveSyntax directive in root.Usings.Where(u => !u.GlobalKeyword.IsKind(SyntaxKind.None)))
            {
                if (directive.Alias is { } alias) found.Add(alias.Name.Identifier.ValueText);
                else if (compilation.GetSemanticModel(tree).GetSymbolInfo(directive.NamespaceOrType).Symbol is INamespaceOrTypeSymbol symbol) opened.Add(symbol);
            }
        }

        foreach (string name in GeneratedWords.Names)
            if (GeneratedWords.NamespaceOf(name) != "" && opened.Exists(o => Finds(o, name).Any(m => m is INamedTypeSymbol && IsOther(compilation, m, name)))) found.Add(name);
        return found;
    }

    private static IEnumerable<ISymbol> Finds(INamespaceOrTypeSymbol container, string name) => container.GetMembers(name).Concat(container.GetMembers(name + "Attribute"));

    private static string Word(string name) =>
        name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;

    private static bool IsOther(Compilation compilation, ISymbol member, string name) =>
        !IsMeant(member, name)
        && member is not INamedTypeSymbol { IsFileLocal: true }
        && (member is INamespaceSymbol || compilation.IsSymbolAccessibleWithin(member, compilation.Assembly));

    private static bool IsMeant(ISymbol member, string name) =>
        member is INamedTypeSymbol type && type.ContainingNamespace.ToDisplayString() == GeneratedWords.NamespaceOf(name);

    private bool IsHiddenIn(INamespaceSymbol @namespace, string name)
    {
        for (INamespaceSymbol? space = compilation.GetCompilationNamespace(@namespace); space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            ISymbol[] found = [.. Finds(space, name)];
            if (found.Any(m => IsOther(compilation, m, name))) return true;
            if (found.Any(m => IsMeant(m, name))) return false;
        }

        return _imported.Value.Contains(name) || Finds(compilation.GlobalNamespace, name).Any(m => IsOther(compilation, m, name));
    }
}
