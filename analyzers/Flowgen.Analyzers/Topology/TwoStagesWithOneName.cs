using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Topology;

internal sealed class TwoStagesWithOneName() : Rule(Descriptor, ProblemKind.TwoStagesWithOneName)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0904",
        "Two stages with one name",
        "'{0}' and '{1}' are both named '{2}'",
        Categories.Topology,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0904.md", customTags: WellKnownDiagnosticTags.CompilationEnd);
}
