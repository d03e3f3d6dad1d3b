using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Project;

internal sealed class LanguageVersionTooLow() : Rule(Descriptor, ProblemKind.LanguageVersionTooLow)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0005",
        "Language version",
        "Flowgen needs C# 14 or later, but the project uses C# {0}",
        Categories.Project,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0005.md");
}
