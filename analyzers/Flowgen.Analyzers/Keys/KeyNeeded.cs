using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Keys;

internal sealed class KeyNeeded() : Rule(Descriptor, ProblemKind.KeyNeeded)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0201",
        "Key needed",
        "'{0}' groups '{1}', which has no key: mark a member with [Key], or add a [KeyBy] step",
        Categories.Keys,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0201.md");
}
