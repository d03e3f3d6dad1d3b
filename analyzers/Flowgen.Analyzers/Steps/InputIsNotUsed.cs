using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class InputIsNotUsed() : Rule(Descriptor, ProblemKind.InputIsNotUsed)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0506",
        "Input is not used",
        "'{0}' reads '{1}', but no step takes it",
        Categories.Steps,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0506.md");
}
