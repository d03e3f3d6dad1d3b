using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class SignatureOfStep() : Rule(Descriptor, ProblemKind.SignatureOfStep)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0501",
        "Signature of a step",
        "[{0}] method '{1}' must {2}",
        Categories.Steps,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0501.md");
}
