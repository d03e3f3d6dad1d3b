using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Keys;

internal sealed class KeyParameterType() : Rule(Descriptor, ProblemKind.KeyParameterType)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0205",
        "Key parameter type",
        "'key' is '{0}' here, but the key of '{1}' is '{2}'",
        Categories.Keys,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0205.md");
}
