using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.State;

/// <summary>FLOW0705: adds [State] to the struct.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddState() : Fix("FLOW0705")
{
    private protected override async Task OfferAsync(FixSite site)
    {
        if (site.Around<ParameterSyntax>() is not { Type: { } used }) return;
        if ((await site.ModelAsync().ConfigureAwait(false)).GetTypeInfo(used, site.Cancellation).Type is not INamedTypeSymbol { TypeKind: TypeKind.Struct } type) return;
        if (type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(site.Cancellation) is TypeDeclarationSyntax declaration)
            site.OfferIn(declaration, $"Add [State] to '{type.Name}'", Edit.AddAttribute(declaration, "State"));
    }
}
