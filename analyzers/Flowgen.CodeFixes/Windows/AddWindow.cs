using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Windows;

/// <summary>FLOW0408: gives the stage a window.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddWindow() : SyntaxFix("FLOW0408")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<ClassDeclarationSyntax>() is { } stage) site.Offer("Add [TumblingWindow(\"1m\")]", Edit.AddAttribute(stage, "TumblingWindow(\"1m\")"));
    }
}
