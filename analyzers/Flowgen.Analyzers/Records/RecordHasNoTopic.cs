using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Records;

internal sealed class RecordHasNoTopic() : Rule(Descriptor, ProblemKind.RecordHasNoTopic)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0101",
        "Record has no topic",
        "'{0}' is used by [{1}<{0}>] but is neither a [Topic] nor a [Stream]",
        Categories.Records,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0101.md");
}
