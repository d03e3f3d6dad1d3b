using System.Composition;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Flowgen.CodeFixes.Records;

/// <summary>FLOW0114: writes the next free field number.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NextFieldNumber() : SyntaxFix("FLOW0114")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Property(ProblemProperties.Value) is not { } number) return;
        if (site.Around<AttributeArgumentSyntax>() is { } argument) site.Offer($"Use number {number}", Edit.Replace(argument.Expression, number));
    }
}
