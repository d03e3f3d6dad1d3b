using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Aggregates;

internal sealed class NoEmit() : Rule(Descriptor, ProblemKind.NoEmit)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0602",
        "No [Emit]",
        "'{0}' fills '{1}', but no [Emit] reads it",
        Categories.Aggregates,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0602.md");
}
