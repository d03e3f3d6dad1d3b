using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class ParameterCannotBeSupplied() : Rule(Descriptor, ProblemKind.ParameterCannotBeSupplied)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0502",
        "Parameter cannot be supplied",
        "[{0}] cannot supply '{1}' of type '{2}': it can take {3}",
        Categories.Steps,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0502.md");
}
