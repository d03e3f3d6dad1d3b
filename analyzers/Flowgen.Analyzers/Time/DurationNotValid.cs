using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Time;

internal sealed class DurationNotValid() : Rule(Descriptor, ProblemKind.DurationNotValid)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0301",
        "Duration is not valid",
        "'{0}' is not a duration: write digits with d, h, m, s or ms, largest first, such as \"1h30m\"",
        Categories.Time,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0301.md");
}
