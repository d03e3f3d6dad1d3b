using System.Composition;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Aggregates;

/// <summary>FLOW0516, FLOW0601 and FLOW0602: writes the signature of the missing step.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class GenerateStep() : SyntaxFix("FLOW0516", "FLOW0601", "FLOW0602")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<ClassDeclarationSyntax>() is not { } stage) return;
        (string? from, string? to) = (Wire(stage, "From"), Wire(stage, "To"));
        string? accumulator = site.Property(ProblemProperties.Type);
        string? signature = site.Id switch
        {
            "FLOW0516" when from is not null && to is not null => $"[Map] static {to} To{to}(in {from} record)",
            "FLOW0601" when from is not null && accumulator is not null => $"[Add] static void Add(ref {accumulator} accumulator, in {from} record)",
            "FLOW0602" when to is not null && accumulator is not null => $"[Emit] static {to} Emit(in {accumulator} accumulator)",
            _ => null,
        };
        if (signature is not null)
            site.Offer($"Add {signature.Substring(0, signature.IndexOf(' '))}", Edit.AddMember(stage, $"{signature} => throw new System.NotImplementedException();"));
    }

    private static string? Wire(ClassDeclarationSyntax stage, string name) => stage.AttributeLists.SelectMany(list => list.Attributes)
        .Select(attribute => attribute.Name).OfType<GenericNameSyntax>()
        .FirstOrDefault(generic => generic.Identifier.ValueText == name)?.TypeArgumentList.Arguments[0].ToString();
}
