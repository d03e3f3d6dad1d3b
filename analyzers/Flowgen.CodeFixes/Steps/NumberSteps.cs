using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Flowgen.CodeFixes.Steps;

/// <summary>FLOW0508: numbers the steps that take the same record, as they stand in the source.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NumberSteps() : SyntaxFix("FLOW0508")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<MethodDeclarationSyntax>() is not { Parent: ClassDeclarationSyntax stage } step || Taken(step) is not { } taken) return;
        var changes = new List<TextChange>();
        foreach (MethodDeclarationSyntax other in stage.Members.OfType<MethodDeclarationSyntax>().Where(other => Taken(other) == taken))
            if (StepAttribute(other) is { } attribute) changes.Add(Edit.SetArgument(attribute, "Order", (changes.Count + 1).ToString(CultureInfo.InvariantCulture)));
        site.Offer("Number the steps in this order", changes);
    }

    private static string? Taken(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.FirstOrDefault(parameter => parameter.Modifiers.Any(SyntaxKind.InKeyword))?.Type?.ToString();

    private static AttributeSyntax? StepAttribute(MethodDeclarationSyntax method) => method.AttributeLists
        .SelectMany(list => list.Attributes)
        .FirstOrDefault(attribute => attribute.Name.ToString() is "Filter" or "Map" or "FlatMap" || attribute.Name is GenericNameSyntax { Identifier.ValueText: "Branch" });
}
