using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Project;

/// <summary>FLOW0006: adds <c>[Stage]</c> to the class of the step.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddStage() : SyntaxFix("FLOW0006")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<ClassDeclarationSyntax>() is { } type) site.Offer("Add [Stage]", Edit.AddAttribute(type, "Stage"));
    }
}
