using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Time;

internal sealed class TimeOfAppend() : Rule(Descriptor, ProblemKind.TimeOfAppend)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0306",
        "Time of append",
        "'{0}' has no [EventTime], so {1} works by the time of append",
        Categories.Time,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0306.md");
}
