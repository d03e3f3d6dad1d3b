using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Aggregates;

/// <summary>FLOW0608: adds <c>readonly</c> to a method that changes nothing. One that does is left to its author.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakeMethodReadonly() : Fix("FLOW0608")
{
    private protected override async Task OfferAsync(FixSite site)
    {
        if (site.Around<InvocationExpressionSyntax>() is not { } call) return;
        if ((await site.ModelAsync().ConfigureAwait(false)).GetSymbolInfo(call, site.Cancellation).Symbol is not IMethodSymbol method) return;
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(site.Cancellation) is not MethodDeclarationSyntax declaration || MayChange(declaration)) return;
        site.OfferIn(declaration, $"Make '{method.Name}' readonly", Edit.Insert(declaration.ReturnType.SpanStart, "readonly "));
    }

    private static bool MayChange(MethodDeclarationSyntax method) => method.DescendantNodes().Any(node =>
        node is AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or ThisExpressionSyntax || node.IsKind(SyntaxKind.PreIncrementExpression) || node.IsKind(SyntaxKind.PreDecrementExpression));
}
