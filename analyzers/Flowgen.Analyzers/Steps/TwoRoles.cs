using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class TwoRoles() : Rule(Descriptor, ProblemKind.TwoRoles)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0509",
        "Two roles",
        "'{0}' is both [{1}] and [{2}]",
        Categories.Steps,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0509.md");
}
