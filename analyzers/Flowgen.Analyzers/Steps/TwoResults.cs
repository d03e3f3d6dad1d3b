using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class TwoResults() : Rule(Descriptor, ProblemKind.TwoResults)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0507",
        "Two results",
        "'{0}' has more than one [Emit] for '{1}'",
        Categories.Steps,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0507.md");
}
