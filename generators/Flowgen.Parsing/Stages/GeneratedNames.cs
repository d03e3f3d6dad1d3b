using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>The names that the generator gives to types inside a stage.</summary>
internal static class GeneratedNames
{
    /// <summary>Says which members of a stage stand where generated ones will.</summary>
    public static void Check(INamedTypeSymbol stage, StageModel model, ProblemList problems)
    {
        foreach (string name in Of(model).Distinct())
            if (stage.GetMembers(name).FirstOrDefault(Declarations.IsWrittenByHand) is { } member) problems.Add(ProblemKind.NameIsTaken, member.Locations[0], name);
    }

    private static IEnumerable<string> Of(StageModel stage) => stage.Operators.SelectMany(OfOperator)
        .Concat(stage.Inputs.Where(i => i.GroupedBy is not null).Select(i => i.Record.Name + "Partitioner"))
        .Concat(stage.Exchanges.Select(e => e.Record.Name + "Partitioner"));

    private static IEnumerable<string> OfOperator(OperatorModel model)
    {
        yield return model.ClassName;
        if (model.Key is { Source: not KeyCodecSource.Predefined } key)
            yield return (key.Parts.Count == 1 ? key.Type.Name : string.Concat(key.Parts.Select(p => char.ToUpperInvariant(p.Name[0]) + p.Name.Substring(1)))) + "Key";
        foreach (StateModel state in new[] { model.Aggregate?.Accumulator, model.State }.OfType<StateModel>())
            if (state.Type.FullName.StartsWith("global::", StringComparison.Ordinal)) yield return state.Type.Name + "State";
    }
}
