using System.Composition;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Steps;

/// <summary>FLOW0501: writes the return type that the step must have, where there is only one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ChangeReturnType() : SyntaxFix("FLOW0501")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<MethodDeclarationSyntax>() is { } step && site.Property(ProblemProperties.Type) is { } type)
            site.Offer($"Return '{type}'", Edit.Replace(step.ReturnType, type));
    }
}
