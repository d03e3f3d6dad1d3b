using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Records;

internal sealed class TopicNameNotValid() : Rule(Descriptor, ProblemKind.TopicNameNotValid)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0102",
        "Topic name is not valid",
        "'{0}' is not a topic name: use 1 to 249 letters, digits, '.', '_' or '-'",
        Categories.Records,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0102.md");
}
