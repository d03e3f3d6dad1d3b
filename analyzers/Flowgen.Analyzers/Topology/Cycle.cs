using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Topology;

internal sealed class Cycle() : Rule(Descriptor, ProblemKind.Cycle)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0901",
        "Cycle",
        "These stages feed each other: {0}",
        Categories.Topology,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0901.md", customTags: WellKnownDiagnosticTags.CompilationEnd);
}
