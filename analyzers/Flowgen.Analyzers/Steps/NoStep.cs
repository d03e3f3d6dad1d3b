using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class NoStep() : Rule(Descriptor, ProblemKind.NoStep)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0516",
        "No step",
        "'{0}' has no step that reaches a [To]",
        Categories.Steps,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0516.md");
}
