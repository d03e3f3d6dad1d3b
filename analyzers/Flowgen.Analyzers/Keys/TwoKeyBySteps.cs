using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Keys;

internal sealed class TwoKeyBySteps() : Rule(Descriptor, ProblemKind.TwoKeyBySteps)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0204",
        "Two [KeyBy] for one type",
        "'{0}' has more than one [KeyBy] for '{1}'",
        Categories.Keys,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0204.md");
}
