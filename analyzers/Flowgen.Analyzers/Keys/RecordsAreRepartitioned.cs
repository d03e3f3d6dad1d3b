using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Keys;

internal sealed class RecordsAreRepartitioned() : Rule(Descriptor, ProblemKind.RecordsAreRepartitioned)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0206",
        "Records are repartitioned",
        "'{0}' groups by {1} but '{2}' is partitioned by {3}: records pass through '{4}' ({5} partitions)",
        Categories.Keys,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0206.md");
}
