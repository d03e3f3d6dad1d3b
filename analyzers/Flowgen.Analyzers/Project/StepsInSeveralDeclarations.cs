using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Project;

internal sealed class StepsInSeveralDeclarations() : Rule(Descriptor, ProblemKind.StepsInSeveralDeclarations)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0004",
        "Steps in several declarations",
        "Keep all steps of '{0}' in one declaration: their order is read from it",
        Categories.Project,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0004.md");
}
