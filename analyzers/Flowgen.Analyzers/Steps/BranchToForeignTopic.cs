using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class BranchToForeignTopic() : Rule(Descriptor, ProblemKind.BranchToForeignTopic)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0514",
        "Branch to a foreign topic",
        "'{0}' is not a topic of '{1}'",
        Categories.Steps,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0514.md");
}
