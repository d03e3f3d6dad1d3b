using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers;

/// <summary>The values that an [Add] step fills and a [Process] step keeps.</summary>
internal static class Accumulators
{
    /// <summary>The <c>ref</c> parameters of a step: its accumulator or state.</summary>
    public static IEnumerable<IParameterSymbol> KeptBy(IMethodSymbol step) => step.Parameters.Where(parameter => parameter.RefKind == RefKind.Ref);

    /// <summary>The accumulator of a step if it is an [Add].</summary>
    public static IParameterSymbol? FilledBy(IMethodSymbol method, FlowSymbols symbols) =>
        symbols.StepAttribute(method) is { } attribute && FlowSymbols.Word(attribute) == "Add" ? KeptBy(method).FirstOrDefault() : null;
}
