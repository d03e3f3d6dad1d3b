using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Project;

internal sealed class StageModifiers() : Rule(Descriptor, ProblemKind.StageModifiers)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0002",
        "Stage cannot be static, abstract or generic",
        "Stage '{0}' cannot be {1}",
        Categories.Project,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0002.md");
}
