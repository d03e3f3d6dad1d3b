using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Flowgen.CodeFixes.Steps;

/// <summary>FLOW0512 and FLOW0604: takes the record with <c>in</c>, the accumulator with <c>ref</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class PassBy() : SyntaxFix("FLOW0512", "FLOW0604")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<ParameterSyntax>() is not { Type: { } type } parameter) return;
        string word = site.Id == "FLOW0512" ? "in" : "ref";
        TextSpan modifiers = TextSpan.FromBounds(parameter.Modifiers.Count > 0 ? parameter.Modifiers[0].SpanStart : type.SpanStart, type.SpanStart);
        site.Offer($"Take '{parameter.Identifier.ValueText}' with '{word}'", new TextChange(modifiers, word + " "));
    }
}
