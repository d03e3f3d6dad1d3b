using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Aggregates;

internal sealed class DifferentAccumulators() : Rule(Descriptor, ProblemKind.DifferentAccumulators)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0603",
        "Different accumulators",
        "[Emit] reads '{0}', but [Add] fills '{1}'",
        Categories.Aggregates,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0603.md");
}
