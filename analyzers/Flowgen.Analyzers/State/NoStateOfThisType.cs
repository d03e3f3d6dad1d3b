using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.State;

internal sealed class NoStateOfThisType() : Rule(Descriptor, ProblemKind.NoStateOfThisType)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0705",
        "No state of this type",
        "'{0}' takes 'ref {1}', which is neither [State] nor an accumulator",
        Categories.State,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0705.md");
}
