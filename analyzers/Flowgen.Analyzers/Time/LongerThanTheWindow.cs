using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Time;

internal sealed class LongerThanTheWindow() : Rule(Descriptor, ProblemKind.LongerThanTheWindow)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0307",
        "Longer than the window",
        "OutOfOrder ({0}) is longer than the window ({1}): each result waits {0}",
        Categories.Time,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0307.md");
}
