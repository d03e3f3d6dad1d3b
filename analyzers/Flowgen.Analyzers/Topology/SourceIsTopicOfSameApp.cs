using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Topology;

internal sealed class SourceIsTopicOfSameApp() : Rule(Descriptor, ProblemKind.SourceIsTopicOfSameApp)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0910",
        "Source is a topic of the same app",
        "'{0}' reads '{1}' from its end, so records of this app may be missed",
        Categories.Topology,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0910.md", customTags: WellKnownDiagnosticTags.CompilationEnd);
}
