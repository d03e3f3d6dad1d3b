using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Windows;

internal sealed class WindowHasNoEffect() : Rule(Descriptor, ProblemKind.WindowHasNoEffect)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0410",
        "Window has no effect",
        "'{0}' has no aggregate or join that could use its window",
        Categories.Windows,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0410.md");
}
