using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Records;

internal sealed class RecordIsMutable() : Rule(Descriptor, ProblemKind.RecordIsMutable)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0108",
        "Record is mutable",
        "'{0}' has setters, so a step could change what another step reads",
        Categories.Records,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0108.md");
}
