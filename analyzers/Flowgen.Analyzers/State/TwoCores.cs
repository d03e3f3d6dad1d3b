using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.State;

internal sealed class TwoCores() : Rule(Descriptor, ProblemKind.TwoCores)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0708",
        "Two cores",
        "A stage has either an aggregate or [Process] steps: '{0}' has both",
        Categories.State,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0708.md");
}
