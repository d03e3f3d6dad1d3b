using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Tables;

internal sealed class OnDoesNotFit() : Rule(Descriptor, ProblemKind.OnDoesNotFit)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0804",
        "On does not fit",
        "'{0}' is '{1}', but the key of table '{2}' is '{3}'",
        Categories.Tables,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0804.md");
}
