using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class UnbranchedRecordsAreDropped() : Rule(Descriptor, ProblemKind.UnbranchedRecordsAreDropped)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0515",
        "Unbranched records are dropped",
        "Records that match no [Branch] are dropped: add a [To] without [Branch]",
        Categories.Steps,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0515.md");
}
