using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class NothingFeedsStep() : Rule(Descriptor, ProblemKind.NothingFeedsStep)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0503",
        "Nothing feeds this step",
        "'{0}' takes '{1}', which '{2}' neither reads nor produces",
        Categories.Steps,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0503.md");
}
