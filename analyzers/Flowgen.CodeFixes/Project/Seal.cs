using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Project;

/// <summary>FLOW0003: adds <c>sealed</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class Seal() : SyntaxFix("FLOW0003")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<ClassDeclarationSyntax>() is { } type) site.Offer("Make it sealed", Edit.AddModifier(type, "sealed"));
    }
}
