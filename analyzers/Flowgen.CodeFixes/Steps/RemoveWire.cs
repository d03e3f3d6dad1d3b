using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Steps;

/// <summary>FLOW0410, FLOW0505 and FLOW0506: removes an attribute of the stage that does nothing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveWire() : SyntaxFix("FLOW0410", "FLOW0505", "FLOW0506")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<AttributeSyntax>() is { } attribute) site.Offer($"Remove [{attribute.Name}]", Edit.Remove(attribute));
    }
}
