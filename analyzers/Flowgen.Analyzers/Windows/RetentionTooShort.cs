using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Windows;

internal sealed class RetentionTooShort() : Rule(Descriptor, ProblemKind.RetentionTooShort)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0411",
        "Retention is too short",
        "'{0}' keeps records for {1}, shorter than window and lateness ({2}): a replay would give other results",
        Categories.Windows,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0411.md");
}
