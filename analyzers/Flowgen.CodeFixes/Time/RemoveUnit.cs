using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Time;

/// <summary>FLOW0308: removes <c>Unit</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveUnit() : SyntaxFix("FLOW0308")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<AttributeArgumentSyntax>() is { } argument) site.Offer("Remove 'Unit'", Edit.Remove(argument));
    }
}
