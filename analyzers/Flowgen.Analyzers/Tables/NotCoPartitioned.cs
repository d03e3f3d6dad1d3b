using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Tables;

internal sealed class NotCoPartitioned() : Rule(Descriptor, ProblemKind.NotCoPartitioned)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0803",
        "Not co-partitioned",
        "'{0}' has {1} partitions and '{2}' has {3}: give both the same number, or use [GlobalTable]",
        Categories.Tables,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0803.md");
}
