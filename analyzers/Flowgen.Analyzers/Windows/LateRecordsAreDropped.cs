using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Windows;

internal sealed class LateRecordsAreDropped() : Rule(Descriptor, ProblemKind.LateRecordsAreDropped)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0409",
        "Late records are dropped",
        "Records later than {0} are counted and dropped: add [Late] to keep them",
        Categories.Windows,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0409.md");
}
