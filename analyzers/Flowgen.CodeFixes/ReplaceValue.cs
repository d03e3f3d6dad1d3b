using System.Composition;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes;

/// <summary>FLOW0102 and FLOW0301: writes what was meant in place of a text that has the wrong form.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReplaceValue() : SyntaxFix("FLOW0102", "FLOW0301")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Property(ProblemProperties.Value) is { } value && site.Around<LiteralExpressionSyntax>() is { } literal)
            site.Offer($"Write \"{value}\"", Edit.Replace(literal, $"\"{value}\""));
    }
}
