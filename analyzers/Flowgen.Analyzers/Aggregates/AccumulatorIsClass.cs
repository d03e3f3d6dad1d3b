using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Aggregates;

internal sealed class AccumulatorIsClass() : Rule(Descriptor, ProblemKind.AccumulatorIsClass)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0605",
        "Accumulator is a class",
        "'{0}' is a class, so each key allocates one: use a struct",
        Categories.Aggregates,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0605.md");
}
