using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class RecordGoesNowhere() : Rule(Descriptor, ProblemKind.RecordGoesNowhere)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0513",
        "Record goes nowhere",
        "'{0}' gives '{1}', which no step takes and no [To] writes",
        Categories.Steps,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0513.md");
}
