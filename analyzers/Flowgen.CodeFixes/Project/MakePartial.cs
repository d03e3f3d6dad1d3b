using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Project;

/// <summary>FLOW0001: adds <c>partial</c> to the class and to every type around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakePartial() : SyntaxFix("FLOW0001")
{
    private protected override void Offer(FixSite site)
    {
        TypeDeclarationSyntax[] types = [.. site.Node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))];
        site.Offer("Make it partial", types.Select(type => Edit.AddModifier(type, "partial")));
    }
}
