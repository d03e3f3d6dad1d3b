using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.State;

internal sealed class TwoStateTypes() : Rule(Descriptor, ProblemKind.TwoStateTypes)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0704",
        "Two state types",
        "A stage has one [State] type, but '{0}' uses '{1}' and '{2}'",
        Categories.State,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0704.md");
}
