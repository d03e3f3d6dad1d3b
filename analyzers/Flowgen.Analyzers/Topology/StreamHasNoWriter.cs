using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Topology;

internal sealed class StreamHasNoWriter() : Rule(Descriptor, ProblemKind.StreamHasNoWriter)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0902",
        "Stream has no writer",
        "'{0}' is read by '{1}', but no stage of the app writes it",
        Categories.Topology,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0902.md", customTags: WellKnownDiagnosticTags.CompilationEnd);
}
