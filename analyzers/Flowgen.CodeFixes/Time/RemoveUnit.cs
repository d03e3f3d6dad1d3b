using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

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
