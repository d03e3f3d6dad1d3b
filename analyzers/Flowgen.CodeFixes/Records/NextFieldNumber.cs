using System.Composition;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Records;

/// <summary>FLOW0114: writes the next free field number.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NextFieldNumber() : SyntaxFix("FLOW0114")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Property(ProblemProperties.Value) is not { } number) return;
        SyntaxNode? member = (SyntaxNode?)site.Around<ParameterSyntax>() ?? site.Around<MemberDeclarationSyntax>();
        AttributeSyntax? field = member?.DescendantNodes().OfType<AttributeSyntax>().FirstOrDefault(attribute => attribute.Name.ToString() is "Field" or "FieldAttribute");
        if (field?.ArgumentList?.Arguments[0] is { } argument) site.Offer($"Use number {number}", Edit.Replace(argument.Expression, number));
    }
}
