using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Records;

internal sealed class PartitionCount() : Rule(Descriptor, ProblemKind.PartitionCount)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0104",
        "Number of partitions",
        "A topic has 1 to 4096 partitions, not {0}",
        Categories.Records,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0104.md");
}
