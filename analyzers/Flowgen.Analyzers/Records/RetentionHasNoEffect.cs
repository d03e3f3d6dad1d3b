using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Records;

internal sealed class RetentionHasNoEffect() : Rule(Descriptor, ProblemKind.RetentionHasNoEffect)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0109",
        "Retention has no effect",
        "A compacted topic keeps the newest record of each key: Retention needs Cleanup.CompactAndDelete",
        Categories.Records,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0109.md");
}
