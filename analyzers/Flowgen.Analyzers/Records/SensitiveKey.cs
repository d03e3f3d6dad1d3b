using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Records;

internal sealed class SensitiveKey() : Rule(Descriptor, ProblemKind.SensitiveKey)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0112",
        "Sensitive key",
        "'{0}' is [Sensitive] and [Key]: keys are visible in tools and logs",
        Categories.Records,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0112.md");
}
