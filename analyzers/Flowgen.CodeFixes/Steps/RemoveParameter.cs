using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Steps;

/// <summary>FLOW0502: removes the parameter.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveParameter() : SyntaxFix("FLOW0502")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<ParameterSyntax>() is { } parameter) site.Offer($"Remove '{parameter.Identifier.ValueText}'", Edit.Remove(parameter));
    }
}
