using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Project;

internal sealed class NameIsTaken() : Rule(Descriptor, ProblemKind.NameIsTaken)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0007",
        "Name is taken",
        "'{0}' clashes with a member that Flowgen generates",
        Categories.Project,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0007.md");
}
