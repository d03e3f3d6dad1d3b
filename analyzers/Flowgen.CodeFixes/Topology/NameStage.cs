using System.Composition;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Topology;

/// <summary>FLOW0904 and FLOW0907: gives the stage the name of its class, in kebab case.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NameStage() : SyntaxFix("FLOW0904", "FLOW0907")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<ClassDeclarationSyntax>() is not { } stage) return;
        string name = NameText.Kebab(stage.Identifier.ValueText);
        AttributeSyntax? attribute = stage.AttributeLists.SelectMany(list => list.Attributes).FirstOrDefault(a => a.Name.ToString() is "Stage" or "StageAttribute");
        if (attribute is not null) site.Offer($"Name it \"{name}\"", Edit.Replace(attribute, $"{attribute.Name}(\"{name}\")"));
    }
}
