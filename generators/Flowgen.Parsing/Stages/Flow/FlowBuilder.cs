using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Follows the records of a stage from its inputs through the steps to its outputs, and finds where their key changes.</summary>
internal sealed class FlowBuilder(StageDeclaration stage, KeyDemands demands, Provenance provenance, ProblemList problems)
{
    private readonly FlowTypes _types = new(stage);
    private readonly Dictionary<(ISymbol Type, int Start, int Level, bool FromCore), FlowNode> _nodes = [];
    private readonly List<FlowNode> _waiting = [];
    private readonly HashSet<StepDeclaration> _reached = [];
    private readonly HashSet<int> _written = [];
    private readonly HashSet<int> _groupedByOwnKey = [];
    private int _coreLevel;

    public Flow Build()
    {
        int[] exchanges = [.. stage.Inputs.Select(i => Exchanges(i.Type, 0, Assumed(i.Type)))];
        _coreLevel = exchanges.Length == 0 ? 0 : exchanges.Max();
        for (int i = 0; i < stage.Inputs.Count; i++)
        {
            INamedTypeSymbol type = stage.Inputs[i].Type;
            FlowNode entry = Node(type, 0, _coreLevel - exchanges[i], fromCore: false);
            entry.IsEntry = true;
            entry.Feed(Assumed(type), DirectDemand(type) is null ? [i] : []);
        }

        while (Next(fromCore: false) is { } node) Place(node);
        List<FlowStep> emits = [.. stage.Of(StepKind.Emit).Select(PlaceEmit)];
        while (Next(fromCore: true) is { } node) Place(node);
        return new Flow([.. _nodes.Values.OrderBy(n => n.Level).ThenBy(n => n.FromCore).ThenByDescending(n => _types.Rank(n.Type)).ThenBy(n => n.Start)], emits, _coreLevel, _reached, _written, _groupedByOwnKey, InputDemands());
    }

    /// <summary>The key by which the stage wants an input grouped; null: as it comes.</summary>
    private List<KeyDemand?> InputDemands() =>
        [.. stage.Inputs.Select((input, i) => DirectDemand(input.Type) ?? (_groupedByOwnKey.Contains(i) ? demands.OwnKeyOf(input.Type) : null))];

    private KeyFacts? Assumed(INamedTypeSymbol input) => (DirectDemand(input) ?? demands.OwnKeyOf(input)) is { } demand ? KeyFacts.Of(demand) : null;

    // The first step on the type itself that needs a key: the app brings the records to it grouped by that key.
    private KeyDemand? DirectDemand(INamedTypeSymbol input) =>
        _types.On(input).TakeWhile(s => !GivesItself(s)).Append(_types.On(input).Find(GivesItself)).OfType<StepDeclaration>().Select(demands.DemandOf).FirstOrDefault(d => d is not null);

    /// <summary>How many times the key changes on the longest way from here.</summary>
    private int Exchanges(INamedTypeSymbol type, int start, KeyFacts? facts)
    {
        int changes = 0, most = 0;
        List<StepDeclaration> steps = _types.On(type);
        for (int i = start; i < steps.Count; i++)
        {
            StepDeclaration step = steps[i];
            KeyDemand? demand = demands.DemandOf(step);
            if (demand is not null && facts?.Satisfies(demand) != true)
            {
                changes++;
                facts = KeyFacts.Of(demand);
            }

            most = Math.Max(most, changes);
            if (step.IsCore) continue;
            foreach ((INamedTypeSymbol output, ParameterDeclaration? emittedBy) in step.Outputs)
            {
                if (_types.FlowsBack(type, output)) continue;
                int next = output.Is(type) ? i + 1 : 0;
                most = Math.Max(most, changes + Exchanges(output, next, Through(facts, step, emittedBy)));
            }

            if (GivesItself(step)) break;
        }

        return most;
    }

    private KeyFacts? Through(KeyFacts? facts, StepDeclaration step, ParameterDeclaration? emittedBy) =>
        facts?.Through(provenance.Trace(step, emittedBy), step.Find(ArgumentKind.Key) is null || step.Record is null ? null : KeyOf(step));

    private KeyDemand? KeyOf(StepDeclaration step) => demands.DemandOf(step) ?? demands.KeyOf(step.Record!);

    private void Place(FlowNode node)
    {
        List<StepDeclaration> steps = _types.On(node.Type);
        bool isConsumed = false, isReplaced = false;
        KeyFacts? facts = node.Facts;
        for (int i = node.Start; i < steps.Count && !isReplaced; i++)
        {
            StepDeclaration step = steps[i];
            if (demands.DemandOf(step) is { } demand)
            {
                bool stays = facts?.Satisfies(demand) == true && (!step.IsCore || node.Level == _coreLevel || node.FromCore);
                if (!stays)
                {
                    PlaceExchange(node, i, demand, step);
                    return;
                }

                _groupedByOwnKey.UnionWith(node.Assumes);
                node.Demand ??= demand;
            }

            _reached.Add(step);
            if (step.Kind == StepKind.Branch) _written.Add(stage.Outputs.FindIndex(o => o.Argument.Is(step.BranchTarget)));
            isConsumed |= step.Consumes;
            isReplaced = GivesItself(step);
            node.Steps.Add(PlaceStep(node, step, i));
        }

        if (isConsumed) return;
        PlaceOutputs(node);
    }

    private void PlaceExchange(FlowNode node, int start, KeyDemand demand, StepDeclaration step)
    {
        int level = step.IsCore && !node.FromCore && node.Level < _coreLevel ? _coreLevel : node.Level + 1;
        FlowNode target = Node(node.Type, start, level, node.FromCore);
        target.IsEntry = true;
        target.Feed(KeyFacts.Of(demand), []);
        node.Exchange = target;
        node.ExchangeKey = demand;
    }

    private FlowStep PlaceStep(FlowNode node, StepDeclaration step, int index)
    {
        FlowStep? otherwise = null;
        if (Otherwise(step) is { } other)
        {
            _reached.Add(other);
            otherwise = new FlowStep(other, [.. other.Outputs.Select(o => Target(node, other, o, index, step.Kind == StepKind.Add))], null);
        }

        return new FlowStep(step, [.. step.Outputs.Select(o => Target(node, step, o, index, step.IsCore))], otherwise);
    }

    private FlowStep PlaceEmit(StepDeclaration emit)
    {
        var targets = new List<FlowNode>();
        _reached.Add(emit);
        List<FlowNode> cores = [.. _nodes.Values.Where(n => n.Level == _coreLevel && n.Steps.Exists(s => s.Step.Kind == StepKind.Add))];
        foreach ((INamedTypeSymbol type, ParameterDeclaration? emittedBy) in emit.Outputs)
        {
            FlowNode target = Node(type, _types.LeadsToCore(type) ? int.MaxValue : 0, _coreLevel, fromCore: true);
            KeyFacts? facts = cores.FirstOrDefault()?.Facts;
            target.Feed(cores.Count == 0 ? null : facts?.Forget().Through(provenance.Trace(emit, emittedBy), null, ofKey: true), []);
            targets.Add(target);
        }

        return new FlowStep(emit, targets, null);
    }

    private FlowNode Target(FlowNode from, StepDeclaration step, (INamedTypeSymbol Type, ParameterDeclaration? Out) output, int index, bool fromCore)
    {
        bool isPastCore = from.FromCore || fromCore;
        int start = output.Type.Is(from.Type) && !fromCore ? index + 1
            : _types.FlowsBack(from.Type, output.Type) || (isPastCore && _types.LeadsToCore(output.Type)) ? int.MaxValue
            : 0;
        FlowNode target = Node(output.Type, start, from.Level, isPastCore);
        target.Feed(Through(from.Facts, step, output.Out), from.Assumes);
        return target;
    }

    private StepDeclaration? Otherwise(StepDeclaration step)
    {
        StepKind? kind = step.Kind == StepKind.Add ? StepKind.Late : step.Kind == StepKind.Join ? StepKind.Unmatched : null;
        return kind is null ? null : stage.Of(kind.Value).FirstOrDefault(o => o.Record!.Is(step.Record));
    }

    private void PlaceOutputs(FlowNode node)
    {
        bool isBranched = node.Steps.Exists(s => s.Step.Kind == StepKind.Branch);
        for (int i = 0; i < stage.Outputs.Count; i++)
        {
            WireDeclaration output = stage.Outputs[i];
            if (!output.Type.Is(node.Type)) continue;
            bool isBranchTarget = isBranched && node.Steps.Exists(s => s.Step.BranchTarget?.Is(output.Argument) == true && s.Step.Kind == StepKind.Branch);
            _written.Add(i);
            if (!isBranchTarget) node.Outputs.Add(i);
        }

        if (isBranched && node.Outputs.Count == 0)
            problems.Add(ProblemKind.UnbranchedRecordsAreDropped, stage.Location);
    }

    private static bool GivesItself(StepDeclaration step) => step.Kind is StepKind.Map or StepKind.FlatMap or StepKind.Join && step.Outputs.Any(o => o.Type.Is(step.Record));

    private FlowNode Node(INamedTypeSymbol type, int start, int level, bool fromCore)
    {
        start = Math.Min(start, _types.On(type).Count);
        (ISymbol, int, int, bool) key = (type, start, level, fromCore);
        if (!_nodes.TryGetValue(key, out FlowNode? node))
        {
            node = new FlowNode(type, start, level, fromCore);
            _nodes.Add(key, node);
            _waiting.Add(node);
        }

        return node;
    }

    // A node is placed when all that feed it are.
    private FlowNode? Next(bool fromCore)
    {
        FlowNode? next = _waiting.Where(n => n.FromCore == fromCore).OrderBy(n => n.Level).ThenByDescending(n => _types.Rank(n.Type)).ThenBy(n => n.Start).FirstOrDefault();
        if (next is not null) _waiting.Remove(next);
        return next;
    }
}

/// <summary>The flow of a stage.</summary>
/// <param name="Nodes">All points of it, each before those that are fed from it.</param>
/// <param name="Emits">The [Emit] steps with their targets.</param>
/// <param name="CoreLevel">The level of the core.</param>
/// <param name="Reached">The steps that records get to.</param>
/// <param name="Written">Indexes of the outputs that records get to.</param>
/// <param name="GroupedByOwnKey">Inputs that must come grouped by their own key, because a later step rests upon it.</param>
/// <param name="InputDemands">For each input: the key by which it must come grouped.</param>
internal sealed record Flow(
    List<FlowNode> Nodes,
    List<FlowStep> Emits,
    int CoreLevel,
    HashSet<StepDeclaration> Reached,
    HashSet<int> Written,
    HashSet<int> GroupedByOwnKey,
    List<KeyDemand?> InputDemands);
