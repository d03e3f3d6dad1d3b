using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>The stateful core of a stage, with its symbols.</summary>
internal sealed class CoreDeclaration
{
    /// <summary>The type of the accumulator; null: there is no aggregate.</summary>
    public ITypeSymbol? Accumulator { get; set; }

    public StateModel? AccumulatorModel { get; set; }

    public StateModel? State { get; set; }

    public StepDeclaration? Init { get; set; }

    public StepDeclaration? Merge { get; set; }

    public List<StepDeclaration> Emits { get; } = [];
}
