using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Windows;

internal sealed class WindowWithoutWindow() : Rule(Descriptor, ProblemKind.WindowWithoutWindow)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0408",
        "Window without window",
        "'{0}' takes a Window, but the stage has none",
        Categories.Windows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0408.md");
}
