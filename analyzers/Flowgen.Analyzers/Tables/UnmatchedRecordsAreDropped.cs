using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Tables;

internal sealed class UnmatchedRecordsAreDropped() : Rule(Descriptor, ProblemKind.UnmatchedRecordsAreDropped)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0809",
        "Unmatched records are dropped",
        "'{0}' without '{1}' is dropped: add [Unmatched] to keep it",
        Categories.Tables,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0809.md");
}
