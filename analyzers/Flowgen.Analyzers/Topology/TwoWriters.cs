using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Topology;

internal sealed class TwoWriters() : Rule(Descriptor, ProblemKind.TwoWriters)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0908",
        "Two writers",
        "'{0}' is written by {1} stages: their records interleave",
        Categories.Topology,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0908.md", customTags: WellKnownDiagnosticTags.CompilationEnd);
}
