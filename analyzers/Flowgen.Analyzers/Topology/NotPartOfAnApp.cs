using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Topology;

internal sealed class NotPartOfAnApp() : Rule(Descriptor, ProblemKind.NotPartOfAnApp)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0905",
        "Not part of an app",
        "'{0}' is not a stage, source or sink",
        Categories.Topology,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0905.md");
}
