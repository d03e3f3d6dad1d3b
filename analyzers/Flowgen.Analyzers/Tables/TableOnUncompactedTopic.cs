using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Tables;

internal sealed class TableOnUncompactedTopic() : Rule(Descriptor, ProblemKind.TableOnUncompactedTopic)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0805",
        "Table on an uncompacted topic",
        "'{0}' deletes old records, so rows disappear from the table: set Cleanup.Compact",
        Categories.Tables,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0805.md");
}
