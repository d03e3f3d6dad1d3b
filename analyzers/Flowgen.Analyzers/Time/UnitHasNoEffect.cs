using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Time;

internal sealed class UnitHasNoEffect() : Rule(Descriptor, ProblemKind.UnitHasNoEffect)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0308",
        "Unit has no effect",
        "Unit applies to integers, and '{0}' is '{1}'",
        Categories.Time,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0308.md");
}
