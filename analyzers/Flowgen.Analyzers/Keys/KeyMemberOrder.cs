using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Keys;

internal sealed class KeyMemberOrder() : Rule(Descriptor, ProblemKind.KeyMemberOrder)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0203",
        "Order of key members",
        "The key members of '{0}' need different orders: [Key(0)], [Key(1)]",
        Categories.Keys,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0203.md");
}
