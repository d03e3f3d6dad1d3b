using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Topology;

internal sealed class StateDependsOnClassName() : Rule(Descriptor, ProblemKind.StateDependsOnClassName)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0907",
        "State depends on the class name",
        "Renaming '{0}' would lose its state: give [Stage(\"{1}\")]",
        Categories.Topology,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0907.md");
}
