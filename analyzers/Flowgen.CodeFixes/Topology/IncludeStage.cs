using System.Composition;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Topology;

/// <summary>FLOW0906: includes the stage in an app of the project.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class IncludeStage() : Fix("FLOW0906")
{
    private protected override async Task OfferAsync(FixSite site)
    {
        if (site.Around<ClassDeclarationSyntax>() is not { } stage) return;
        SemanticModel model = await site.ModelAsync().ConfigureAwait(false);
        INamedTypeSymbol? flowApp = model.Compilation.GetTypeByMetadataName(Names.FlowAppAttribute);
        IEnumerable<INamedTypeSymbol> apps = model.Compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type, site.Cancellation).OfType<INamedTypeSymbol>()
            .Where(type => type.GetAttributes().Any(data => SymbolEqualityComparer.Default.Equals(data.AttributeClass, flowApp)));
        foreach (INamedTypeSymbol app in apps)
            if (app.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(site.Cancellation) is ClassDeclarationSyntax declaration)
                site.OfferIn(declaration, $"Include it in '{app.Name}'", Edit.AddAttribute(declaration, $"Include<{stage.Identifier.ValueText}>"));
    }
}
