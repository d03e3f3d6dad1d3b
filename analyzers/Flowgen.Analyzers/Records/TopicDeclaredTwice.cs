using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Records;

internal sealed class TopicDeclaredTwice() : Rule(Descriptor, ProblemKind.TopicDeclaredTwice)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0103",
        "Topic declared twice",
        "Topic '{0}' is declared by '{1}' and by '{2}'",
        Categories.Records,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0103.md", customTags: WellKnownDiagnosticTags.CompilationEnd);
}
