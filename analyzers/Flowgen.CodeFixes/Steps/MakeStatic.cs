using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Steps;

/// <summary>FLOW0510: adds <c>static</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakeStatic() : SyntaxFix("FLOW0510")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<MethodDeclarationSyntax>() is not { } step) return;
        int position = step.Modifiers.FirstOrDefault(token => token.Kind() is SyntaxKind.UnsafeKeyword or SyntaxKind.AsyncKeyword or SyntaxKind.PartialKeyword) is { RawKind: not 0 } later
            ? later.SpanStart
            : step.ReturnType.SpanStart;
        site.Offer("Make it static", Edit.Insert(position, "static "));
    }
}
