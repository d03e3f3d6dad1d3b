using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Keys;

internal sealed class FewKeyValues() : Rule(Descriptor, ProblemKind.FewKeyValues)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0209",
        "Few key values",
        "'{0}' has {1} values, so at most {1} partitions have work",
        Categories.Keys,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0209.md");
}
