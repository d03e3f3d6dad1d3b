using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Time;

internal sealed class DateTimeAsEventTime() : Rule(Descriptor, ProblemKind.DateTimeAsEventTime)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0305",
        "DateTime as event time",
        "A DateTime without kind is read as UTC: use DateTimeOffset",
        Categories.Time,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0305.md");
}
