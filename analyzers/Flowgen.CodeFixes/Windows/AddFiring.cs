using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Windows;

/// <summary>FLOW0407: lets every [Emit] step take a <c>Firing</c>, which tells a correction from a first result.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddFiring() : SyntaxFix("FLOW0407")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<ClassDeclarationSyntax>() is not { } stage) return;
        IEnumerable<MethodDeclarationSyntax> emits = stage.Members.OfType<MethodDeclarationSyntax>()
            .Where(method => method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == "Emit"));
        site.Offer("Take a Firing parameter", emits.Select(emit => Edit.AddParameter(emit, "Firing firing")));
    }
}
