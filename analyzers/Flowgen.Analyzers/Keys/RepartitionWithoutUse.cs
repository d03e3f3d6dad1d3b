using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Keys;

internal sealed class RepartitionWithoutUse() : Rule(Descriptor, ProblemKind.RepartitionWithoutUse)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0207",
        "Repartition without use",
        "'{0}' re-keys to the key that '{1}' already has",
        Categories.Keys,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0207.md");
}
