using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Steps;

internal sealed class NothingWritesToTopic() : Rule(Descriptor, ProblemKind.NothingWritesToTopic)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0505",
        "Nothing writes to this topic",
        "'{0}' has [To<{1}>], but no step gives '{1}'",
        Categories.Steps,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0505.md");
}
