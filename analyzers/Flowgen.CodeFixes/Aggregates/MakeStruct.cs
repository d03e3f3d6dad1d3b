using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Flowgen.CodeFixes.Aggregates;

/// <summary>FLOW0605: makes the accumulator a struct.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakeStruct() : Fix("FLOW0605")
{
    private protected override async Task OfferAsync(FixSite site)
    {
        if (site.Around<TypeSyntax>() is not { } used) return;
        if ((await site.ModelAsync().ConfigureAwait(false)).GetTypeInfo(used, site.Cancellation).Type is not INamedTypeSymbol { BaseType.SpecialType: SpecialType.System_Object } type) return;
        if (type.DeclaringSyntaxReferences.Length != 1 || type.DeclaringSyntaxReferences[0].GetSyntax(site.Cancellation) is not ClassDeclarationSyntax declaration) return;
        IEnumerable<TextChange> modifiers = declaration.Modifiers.Where(token => token.IsKind(SyntaxKind.SealedKeyword)).Select(Edit.Remove);
        site.OfferIn(declaration, $"Make '{type.Name}' a struct", [Edit.Replace(declaration.Keyword, "struct"), .. modifiers]);
    }
}
