using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Tables;

internal sealed class KeysDoNotMatch() : Rule(Descriptor, ProblemKind.KeysDoNotMatch)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0802",
        "Keys do not match",
        "'{0}' is keyed by {1} and '{2}' by {3}: set On or add [KeyBy]",
        Categories.Tables,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0802.md");
}
