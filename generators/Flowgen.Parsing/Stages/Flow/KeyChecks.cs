using System.Globalization;
using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Checks key parameters and partitions, and says where records change their partition.</summary>
internal sealed class KeyChecks(StageDeclaration stage, Flow flow, KeyDemands demands, ProblemList problems)
{
    public void Check()
    {
        CheckParameters();
        CheckSameKey();
        CheckPartitions();
        if (!problems.HasErrors) ReportExchanges();
    }

    private void CheckParameters()
    {
        foreach (FlowNode node in flow.Nodes)
            foreach (FlowStep step in node.Steps)
            {
                CheckParameter(step.Step, node.Type, demands.DemandOf(step.Step) ?? node.Demand ?? demands.KeyOf(node.Type));
                if (step.Otherwise is { } other) CheckParameter(other.Step, node.Type, demands.DemandOf(step.Step));
            }

        StepDeclaration? core = stage.Steps.Find(s => s.IsCore && s.Record is not null);
        if (core is null || demands.KeyOf(core.Record!) is not { } key) return;
        foreach (StepDeclaration step in stage.Steps.Where(s => s.Kind is StepKind.Emit or StepKind.Init)) CheckParameter(step, core.Record!, key);
    }

    private void CheckParameter(StepDeclaration step, INamedTypeSymbol record, KeyDemand? key)
    {
        if (step.Find(ArgumentKind.Key) is not { } parameter) return;
        if (key is null) problems.Add(ProblemKind.KeyNeeded, parameter.Location, step.Name, record.Name);
        else if (!demands.KeyMatches(parameter.Type, key.Key))
        {
            problems.Add(new Problem(ProblemKind.KeyParameterType, parameter.TypeLocation, TypeRefs.Display(parameter.Type), record.Name, key.Key.Type.ShortName)
                .With(ProblemProperties.Type, key.Key.Type.ShortName));
        }
    }

    // All records of one core have keys of one type, or they would never meet.
    private void CheckSameKey()
    {
        StepDeclaration? first = stage.Steps.Find(s => s.IsCore);
        if (first is null || demands.KeyOf(first.Record!) is not { } key) return;
        foreach (StepDeclaration step in stage.Steps.Where(s => s.IsCore && !s.Record!.Is(first.Record)))
            if (demands.KeyOf(step.Record!) is { } other && !other.Key.HasSameBytes(key.Key))
                problems.Add(ProblemKind.KeysDoNotMatch, step.Find(ArgumentKind.Record)!.Location, first.Record!.Name, Describe(key), step.Record!.Name, Describe(other));
    }

    private static string Describe(KeyDemand key) => $"{key.Description} ({key.Key.Type.ShortName})";

    private void CheckPartitions()
    {
        foreach (WireDeclaration table in stage.Tables.Where(t => t.Topic is not null))
        {
            int index = stage.Tables.IndexOf(table);
            for (int i = 0; i < stage.Inputs.Count; i++)
                if (JoinsDirectly(i, index)) CheckTogether(stage.Inputs[i], table);
        }

        List<WireDeclaration> grouped = [.. stage.Inputs.Where((_, i) => flow.InputDemands[i] is not null && !IsExchanged(i))];
        foreach (WireDeclaration other in grouped.Skip(1)) CheckTogether(grouped[0], other);
    }

    private bool JoinsDirectly(int input, int table) =>
        flow.InputDemands[input] is not null && !IsExchanged(input)
        && flow.Nodes.Exists(n => n.IsEntry && n.Type.Is(stage.Inputs[input].Type) && n.Steps.Exists(s => s.Step.Parameters.Exists(p => p.Table == table)));

    private void CheckTogether(WireDeclaration first, WireDeclaration second)
    {
        if (first.Topic is not { } left || second.Topic is not { } right || left.Partitions == right.Partitions) return;
        string partitions = right.Partitions.ToString(CultureInfo.InvariantCulture);
        problems.Add(new Problem(
            ProblemKind.NotCoPartitioned, second.Location,
            left.Name, left.Partitions.ToString(CultureInfo.InvariantCulture), right.Name, partitions)
            .With(ProblemProperties.Value, partitions));
    }

    /// <summary>Whether records of an input are grouped by another key than the one they have.</summary>
    private bool IsExchanged(int input) => flow.InputDemands[input] is { } demand && demand.Access.Kind != KeyAccessKind.Own;

    private void ReportExchanges()
    {
        for (int i = 0; i < stage.Inputs.Count; i++)
            if (IsExchanged(i)) ReportExchange(flow.InputDemands[i]!, stage.Inputs[i].Type, stage.Inputs[i].Topic);
        foreach (FlowNode node in flow.Nodes.Where(n => n.Exchange is not null)) ReportExchange(node.ExchangeKey!, node.Type, null);
    }

    private void ReportExchange(KeyDemand demand, INamedTypeSymbol record, TopicModel? topic)
    {
        WireDeclaration? table = demand.Access.Kind == KeyAccessKind.Member ? stage.Tables.Find(t => StageDeclaration.OnOf(t) == demand.Members[0]) : null;
        int count = table?.Topic?.Partitions ?? topic?.Partitions ?? stage.Inputs.Select(i => i.Topic?.Partitions ?? 0).DefaultIfEmpty(0).Max();
        string own = demands.OwnKeyOf(record) is { } key && demand.Access.Kind != KeyAccessKind.Own ? key.Description
            : demand.Access.Kind == KeyAccessKind.Own ? "the key of what it is made from" : "no key";
        problems.Add(
            ProblemKind.RecordsAreRepartitioned, stage.Location,
            stage.Symbol.Name, demand.Description, topic?.Name ?? record.Name, own, StageMapper.ExchangeName(stage.Name, record), count == 0 ? "as many" : count.ToString(CultureInfo.InvariantCulture));
    }
}
