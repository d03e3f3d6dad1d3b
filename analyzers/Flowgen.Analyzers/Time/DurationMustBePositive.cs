using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Time;

internal sealed class DurationMustBePositive() : Rule(Descriptor, ProblemKind.DurationMustBePositive)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0302",
        "Duration must be positive",
        "{0} must be longer than zero",
        Categories.Time,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0302.md");
}
