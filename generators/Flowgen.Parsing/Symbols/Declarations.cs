using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.Parsing;

/// <summary>Reads how a class that gets a generated part is declared.</summary>
internal static class Declarations
{
    public static DeclarationModel Read(INamedTypeSymbol type, KnownSymbols known, CancellationToken cancellation)
    {
        SyntaxReference? first = type.DeclaringSyntaxReferences.OrderBy(r => r.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(r => r.Span.Start).FirstOrDefault();
        return new DeclarationModel(
            TypeRefs.Of(type),
            AccessibilityOf(type),
            Around(type).Reverse().Select(Header).ToEquatable(),
            Dependencies(type, cancellation).ToEquatable(),
            Path.GetFileName(first?.SyntaxTree.FilePath ?? ""),
            HintName(type),
            known.Hidden.Inside(type),
            CanBeGenerated(type, cancellation));
    }

    public static string AccessibilityOf(INamedTypeSymbol type) =>
        Around(type).Prepend(type).All(t => t.DeclaredAccessibility == Accessibility.Public) ? "public"
        : type.ContainingType is null || type.DeclaredAccessibility is Accessibility.Internal or Accessibility.Public ? "internal"
        : SyntaxFacts.GetText(type.DeclaredAccessibility);

    /// <summary>Whether generated code of the assembly can name the type.</summary>
    public static bool IsReachable(INamedTypeSymbol type) => Around(type).Prepend(type).All(t =>
        !t.IsFileLocal && t.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal or Accessibility.NotApplicable);

    /// <summary>Where a type is declared; nowhere for types that do not exist.</summary>
    public static Location LocationOf(INamedTypeSymbol type) => type.Locations.FirstOrDefault() ?? Location.None;

    public static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.All(r => r.GetSyntax(cancellation) is TypeDeclarationSyntax syntax && syntax.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>The types around a type, innermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> Around(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType) yield return outer;
    }

    /// <summary>Name of a generated file: characters that file names do not have are spelled out, so that different types have different names.</summary>
    public static string HintName(INamedTypeSymbol type, string suffix = "")
    {
        string name = string.Join(".", Around(type).Reverse().Append(type).Select(t => t.MetadataName.Replace('`', '-')));
        string space = type.ContainingNamespace is { IsGlobalNamespace: false } ns ? ns.ToDisplayString() + "." : "";
        return (space + name + suffix).Replace("@", "");
    }

    /// <summary>Whether a user declares the symbol: analyzers see the generated parts too.</summary>
    public static bool IsWrittenByHand(ISymbol symbol) => symbol.DeclaringSyntaxReferences.Any(r => !r.SyntaxTree.FilePath.Contains(Names.Generator));

    private static bool CanBeGenerated(INamedTypeSymbol type, CancellationToken cancellation) =>
        type is { IsStatic: false, IsFileLocal: false } && Around(type).Prepend(type).All(t => !t.IsGenericType && IsPartial(t, cancellation));

    private static string Header(INamedTypeSymbol type)
    {
        string keyword = type switch
        {
            { IsRecord: true, IsValueType: true } => "record struct",
            { IsRecord: true } => "record",
            { TypeKind: TypeKind.Struct } => "struct",
            { TypeKind: TypeKind.Interface } => "interface",
            _ => "class",
        };
        return $"partial {keyword} {type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}";
    }

    private static IEnumerable<DependencyModel> Dependencies(INamedTypeSymbol type, CancellationToken cancellation)
    {
        IMethodSymbol? primary = type.InstanceConstructors.FirstOrDefault(c => c.DeclaringSyntaxReferences.Any(r => r.GetSyntax(cancellation) is ClassDeclarationSyntax));
        return (primary?.Parameters ?? []).Select(p => new DependencyModel(p.Name, TypeRefs.Of(p.Type)));
    }
}
