using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class OutputHasNoTo() : Rule(Descriptor, ProblemKind.OutputHasNoTo)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0504",
        "Output has no [To]",
        "'{0}' gives '{1}', but '{2}' has no [To<{1}>]",
        Categories.Steps,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0504.md");
}
