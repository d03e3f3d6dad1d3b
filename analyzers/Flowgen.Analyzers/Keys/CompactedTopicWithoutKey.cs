using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Keys;

internal sealed class CompactedTopicWithoutKey() : Rule(Descriptor, ProblemKind.CompactedTopicWithoutKey)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0208",
        "Compacted topic without key",
        "'{0}' is compacted, so '{1}' needs a [Key]",
        Categories.Keys,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0208.md");
}
