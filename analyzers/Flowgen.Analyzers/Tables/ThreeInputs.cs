using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Tables;

internal sealed class ThreeInputs() : Rule(Descriptor, ProblemKind.ThreeInputs)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0811",
        "Three inputs",
        "A [Join] takes two records: chain two stages",
        Categories.Tables,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0811.md");
}
