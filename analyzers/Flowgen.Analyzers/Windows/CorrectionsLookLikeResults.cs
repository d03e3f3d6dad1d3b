using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Windows;

internal sealed class CorrectionsLookLikeResults() : Rule(Descriptor, ProblemKind.CorrectionsLookLikeResults)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0407",
        "Corrections look like results",
        "Results of '{0}' may be corrected for {1}, and '{2}' cannot tell: take a Firing parameter, key it by window, or compact it",
        Categories.Windows,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0407.md");
}
