using System.Composition;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Steps;

/// <summary>FLOW0503, FLOW0504, FLOW0513, FLOW0806 and FLOW0810: names the type in the headline of the stage.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddWire() : SyntaxFix("FLOW0503", "FLOW0504", "FLOW0513", "FLOW0806", "FLOW0810")
{
    private protected override void Offer(FixSite site)
    {
        string wire = site.Id switch { "FLOW0503" => "From", "FLOW0504" or "FLOW0513" => "To", _ => "Table" };
        if (site.Property(ProblemProperties.Type) is { } type && site.Around<ClassDeclarationSyntax>() is { } stage)
            site.Offer($"Add [{wire}<{type}>]", Edit.AddAttribute(stage, $"{wire}<{type}>"));
    }
}
