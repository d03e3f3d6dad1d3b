using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Aggregates;

internal sealed class NoAdd() : Rule(Descriptor, ProblemKind.NoAdd)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0601",
        "No [Add]",
        "Nothing fills '{0}', which '{1}' reads: add an [Add] step",
        Categories.Aggregates,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0601.md");
}
