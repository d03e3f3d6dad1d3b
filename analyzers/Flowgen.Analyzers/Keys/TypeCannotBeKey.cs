using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Keys;

internal sealed class TypeCannotBeKey() : Rule(Descriptor, ProblemKind.TypeCannotBeKey)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0202",
        "Type cannot be a key",
        "'{0}' cannot be a key: {1}",
        Categories.Keys,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0202.md");
}
