using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Time;

internal sealed class IdleIsShort() : Rule(Descriptor, ProblemKind.IdleIsShort)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0309",
        "Idle is short",
        "Idle ({0}) is shorter than OutOfOrder ({1}): records of a pausing partition may count as late",
        Categories.Time,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0309.md");
}
