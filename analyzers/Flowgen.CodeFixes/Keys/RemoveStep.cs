using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Keys;

/// <summary>FLOW0207: removes the [KeyBy] step.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveStep() : SyntaxFix("FLOW0207")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<MethodDeclarationSyntax>() is { } step) site.Offer($"Remove '{step.Identifier.ValueText}'", Edit.Remove(step));
    }
}
