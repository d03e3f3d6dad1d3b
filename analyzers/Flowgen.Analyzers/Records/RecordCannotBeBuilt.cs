using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Records;

internal sealed class RecordCannotBeBuilt() : Rule(Descriptor, ProblemKind.RecordCannotBeBuilt)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0107",
        "Record cannot be built",
        "'{0}' needs a constructor or init properties for all of its members",
        Categories.Records,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0107.md");
}
