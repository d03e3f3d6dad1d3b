using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Project;

internal sealed class StageShouldBeSealed() : Rule(Descriptor, ProblemKind.StageShouldBeSealed)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0003",
        "Stage should be sealed",
        "Stage '{0}' should be sealed",
        Categories.Project,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0003.md");
}
