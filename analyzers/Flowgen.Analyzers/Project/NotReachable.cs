using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Project;

internal sealed class NotReachable() : Rule(Descriptor, ProblemKind.NotReachable)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0008",
        "Not reachable",
        "'{0}' must be at least internal to be part of an app",
        Categories.Project,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0008.md");
}
