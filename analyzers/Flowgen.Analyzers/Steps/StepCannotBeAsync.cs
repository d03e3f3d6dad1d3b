using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class StepCannotBeAsync() : Rule(Descriptor, ProblemKind.StepCannotBeAsync)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0511",
        "Step cannot be async",
        "[{0}] runs inside the batch loop: use [AsyncMap]",
        Categories.Steps,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0511.md");
}
