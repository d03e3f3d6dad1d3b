using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Project;

internal sealed class StageMustBePartial() : Rule(Descriptor, ProblemKind.StageMustBePartial)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0001",
        "Stage must be partial",
        "Stage '{0}' must be partial so that Flowgen can add its operator",
        Categories.Project,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0001.md");
}
