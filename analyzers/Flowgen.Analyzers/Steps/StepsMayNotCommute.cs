using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class StepsMayNotCommute() : Rule(Descriptor, ProblemKind.StepsMayNotCommute)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0508",
        "Steps may not commute",
        "'{0}' and '{1}' both take '{2}' and may not commute: set Order",
        Categories.Steps,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0508.md");
}
