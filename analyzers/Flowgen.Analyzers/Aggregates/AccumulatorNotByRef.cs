using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Aggregates;

internal sealed class AccumulatorNotByRef() : Rule(Descriptor, ProblemKind.AccumulatorNotByRef)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0604",
        "Accumulator is not by ref",
        "'{0}' must be 'ref {1}', or the change is lost",
        Categories.Aggregates,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0604.md");
}
