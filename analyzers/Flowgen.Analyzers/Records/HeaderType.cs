using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Records;

internal sealed class HeaderType() : Rule(Descriptor, ProblemKind.HeaderType)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0113",
        "Header type",
        "'{0}' cannot be a header: use string, Text, a number, Guid or bytes",
        Categories.Records,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0113.md");
}
