using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Time;

internal sealed class TwoEventTimes() : Rule(Descriptor, ProblemKind.TwoEventTimes)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0304",
        "Two event times",
        "'{0}' has more than one [EventTime]",
        Categories.Time,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0304.md");
}
