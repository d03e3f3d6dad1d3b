using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Topology;

internal sealed class StreamHasNoReader() : Rule(Descriptor, ProblemKind.StreamHasNoReader)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0903",
        "Stream has no reader",
        "'{0}' is written by '{1}', but no stage reads it",
        Categories.Topology,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0903.md", customTags: WellKnownDiagnosticTags.CompilationEnd);
}
