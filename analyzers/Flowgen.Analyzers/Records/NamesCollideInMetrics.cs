using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Records;

internal sealed class NamesCollideInMetrics() : Rule(Descriptor, ProblemKind.NamesCollideInMetrics)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0105",
        "Names collide in metrics",
        "'{0}' and '{1}' differ only in '.' and '_', which metrics cannot tell apart",
        Categories.Records,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0105.md", customTags: WellKnownDiagnosticTags.CompilationEnd);
}
