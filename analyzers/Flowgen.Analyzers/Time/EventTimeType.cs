using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Time;

internal sealed class EventTimeType() : Rule(Descriptor, ProblemKind.EventTimeType)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0303",
        "Event-time type",
        "'{0}' cannot be event time: use DateTimeOffset, DateTime or long",
        Categories.Time,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0303.md");
}
