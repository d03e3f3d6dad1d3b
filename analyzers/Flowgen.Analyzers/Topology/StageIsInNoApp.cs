using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Topology;

internal sealed class StageIsInNoApp() : Rule(Descriptor, ProblemKind.StageIsInNoApp)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0906",
        "Stage is in no app",
        "No [FlowApp] includes '{0}'",
        Categories.Topology,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0906.md", customTags: WellKnownDiagnosticTags.CompilationEnd);
}
