using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class RecordPassedByRef() : Rule(Descriptor, ProblemKind.RecordPassedByRef)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0512",
        "Record is passed by ref",
        "A step must not change its record: take '{0}' with 'in'",
        Categories.Steps,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0512.md");
}
