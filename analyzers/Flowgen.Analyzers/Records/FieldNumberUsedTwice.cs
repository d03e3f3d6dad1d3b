using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Records;

internal sealed class FieldNumberUsedTwice() : Rule(Descriptor, ProblemKind.FieldNumberUsedTwice)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0114",
        "Field number used twice",
        "'{0}' and '{1}' both have field number {2}",
        Categories.Records,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0114.md");
}
