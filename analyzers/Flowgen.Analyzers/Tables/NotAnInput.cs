using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Tables;

internal sealed class NotAnInput() : Rule(Descriptor, ProblemKind.NotAnInput)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0806",
        "Not an input",
        "'{0}' joins '{1}', which the stage neither reads nor holds as a table",
        Categories.Tables,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0806.md");
}
