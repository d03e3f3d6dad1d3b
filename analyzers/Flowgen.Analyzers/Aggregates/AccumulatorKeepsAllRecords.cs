using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Aggregates;

internal sealed class AccumulatorKeepsAllRecords() : Rule(Descriptor, ProblemKind.AccumulatorKeepsAllRecords)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0606",
        "Accumulator keeps all records",
        "'{0}' holds a collection that grows with each record: use an incremental aggregate or StateList<T>",
        Categories.Aggregates,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0606.md");
}
