using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.State;

internal sealed class StateCannotHoldThis() : Rule(Descriptor, ProblemKind.StateCannotHoldThis)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0701",
        "State cannot hold this",
        "'{0}.{1}' of type '{2}' cannot be kept in state: {3}",
        Categories.State,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0701.md");
}
