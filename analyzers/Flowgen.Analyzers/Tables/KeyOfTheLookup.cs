using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Tables;

internal sealed class KeyOfTheLookup() : Rule(Descriptor, ProblemKind.KeyOfTheLookup)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0812",
        "Key of the lookup",
        "'{0}' looks up '{1}' by '{2}', but only the key of the current record is on this partition: use [GlobalTable]",
        Categories.Tables,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0812.md");
}
