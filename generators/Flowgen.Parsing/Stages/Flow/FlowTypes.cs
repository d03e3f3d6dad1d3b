using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Which record types of a stage lead to which: the order in which they are visited, and where a result would flow back.</summary>
internal sealed class FlowTypes
{
    private readonly StageDeclaration _stage;
    private readonly Dictionary<INamedTypeSymbol, int> _finished = new(SymbolEqualityComparer.Default);
    private readonly HashSet<INamedTypeSymbol> _visiting = new(SymbolEqualityComparer.Default);
    private readonly HashSet<(INamedTypeSymbol From, INamedTypeSymbol To)> _back = [];
    private readonly Dictionary<INamedTypeSymbol, List<StepDeclaration>> _steps = new(SymbolEqualityComparer.Default);

    public FlowTypes(StageDeclaration stage)
    {
        _stage = stage;
        foreach (IGrouping<ISymbol?, StepDeclaration> group in stage.Steps.Where(IsInFlow).GroupBy(s => (ISymbol?)s.Record, SymbolEqualityComparer.Default))
            _steps.Add((INamedTypeSymbol)group.Key!, [.. group.OrderBy(s => s.Order)]);
        // In reverse, so that the largest rank goes to the first input.
        foreach (StepDeclaration step in Enumerable.Reverse(stage.Steps).Where(s => s.IsCore || !IsInFlow(s)))
            foreach ((INamedTypeSymbol type, _) in step.Outputs.Reverse()) Visit(type);
        foreach (WireDeclaration input in Enumerable.Reverse(stage.Inputs)) Visit(input.Type);
        foreach (StepDeclaration step in stage.Steps)
            foreach ((INamedTypeSymbol type, _) in step.Outputs) Visit(type);
    }

    /// <summary>The steps on a type in their order.</summary>
    public List<StepDeclaration> On(INamedTypeSymbol type) => _steps.TryGetValue(type, out List<StepDeclaration>? steps) ? steps : [];

    /// <summary>Types are visited from the largest rank to the smallest: each before those that are made from it.</summary>
    public int Rank(INamedTypeSymbol type) => _finished[type];

    /// <summary>Whether a result would come back to where it came from.</summary>
    public bool FlowsBack(INamedTypeSymbol from, INamedTypeSymbol to) => _back.Contains((from, to));

    /// <summary>Whether records of a type get into the core.</summary>
    public bool LeadsToCore(INamedTypeSymbol type) => LeadsToCore(type, new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default));

    private bool LeadsToCore(INamedTypeSymbol type, HashSet<INamedTypeSymbol> seen) =>
        seen.Add(type) && On(type).Exists(s => s.IsCore || OutputsOf(s).Any(o => LeadsToCore(o, seen)));

    private void Visit(INamedTypeSymbol type)
    {
        if (_finished.ContainsKey(type) || !_visiting.Add(type)) return;
        foreach (INamedTypeSymbol output in On(type).Where(s => !s.IsCore).SelectMany(OutputsOf).Reverse())
        {
            if (_visiting.Contains(output)) _back.Add((type, output));
            else Visit(output);
        }

        _visiting.Remove(type);
        _finished.Add(type, _finished.Count);
    }

    /// <summary>What a step gives, and what the [Unmatched] step of a join gives.</summary>
    private IEnumerable<INamedTypeSymbol> OutputsOf(StepDeclaration step)
    {
        IEnumerable<INamedTypeSymbol> own = step.Outputs.Select(o => o.Type);
        return step.Kind == StepKind.Join
            ? own.Concat(_stage.Of(StepKind.Unmatched).Where(u => u.Record!.Is(step.Record)).SelectMany(u => u.Outputs.Select(o => o.Type)))
            : own;
    }

    private static bool IsInFlow(StepDeclaration step) =>
        step.Record is not null && step.Kind is StepKind.Filter or StepKind.Map or StepKind.FlatMap or StepKind.Branch or StepKind.Add or StepKind.Process or StepKind.Join;
}
