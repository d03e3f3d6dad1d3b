using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Records;

internal sealed class MarkerTopicWithoutRecord() : Rule(Descriptor, ProblemKind.MarkerTopicWithoutRecord)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0110",
        "Marker topic without record",
        "'{0}' has [Topic] but no members: derive it from Topic<TRecord>",
        Categories.Records,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0110.md");
}
