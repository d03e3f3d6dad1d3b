using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Draws the pipeline of a stage as text.</summary>
internal static class Picture
{
    private const string Arrow = " ─▶ ";

    /// <summary>The pipeline in one line, in plain characters.</summary>
    public static string Line(StageDeclaration stage, CoreDeclaration core, Flow flow)
    {
        IEnumerable<string> parts = stage.Steps.Where(s => s.Kind is not (StepKind.Late or StepKind.Unmatched or StepKind.KeyBy or StepKind.Init or StepKind.Merge or StepKind.Add or StepKind.Emit))
            .Select(Describe)
            .Concat(CoreParts(stage, core, flow));
        return string.Join(" > ", [Names(stage.Inputs, " + "), .. parts, Names(stage.Outputs, ", ")]);
    }

    /// <summary>The pipeline as lines: one for each way through the stage.</summary>
    public static IEnumerable<string> Draw(StageDeclaration stage, CoreDeclaration core, Flow flow)
    {
        foreach (FlowNode entry in flow.Nodes.Where(n => n.IsEntry && stage.Inputs.Exists(i => i.Type.Is(n.Type)) && n.Start == 0))
            foreach (string line in Ways(entry, Names(stage.Inputs.FindAll(i => i.Type.Is(entry.Type)), " + "), stage)) yield return line;
        foreach (FlowStep emit in flow.Emits)
        {
            string start = string.Join(Arrow, CoreParts(stage, core, flow).Take(1).Append(Describe(emit.Step)));
            foreach (FlowNode target in emit.Targets)
                foreach (string line in Ways(target, "    " + start, stage)) yield return line;
        }
    }

    private static IEnumerable<string> Ways(FlowNode node, string before, StageDeclaration stage)
    {
        string way = before;
        foreach (FlowStep step in node.Steps)
        {
            if (step.Step.Kind == StepKind.Branch)
            {
                yield return $"{way}{Arrow}{Describe(step.Step)}{Arrow}{TopicOf(stage.Outputs.Find(o => o.Argument.Is(step.Step.BranchTarget))!)}";
                continue;
            }

            string described = way + Arrow + Describe(step.Step) + (step.Step.IsCore && node.Demand is { } demand ? $" per {demand.Description}" : "");
            if (step.Step.Kind == StepKind.Filter) way = described;
            foreach (FlowNode target in step.Targets)
                foreach (string line in Ways(target, described, stage)) yield return line;
            if (step.Step.IsCore && step.Targets.Count == 0) yield return described;
            if (step.Otherwise is not { } otherwise) continue;
            string other = $"{way}{Arrow}{(otherwise.Step.Kind == StepKind.Late ? "too late" : "without row")}{Arrow}{otherwise.Step.Name}";
            foreach (FlowNode target in otherwise.Targets)
                foreach (string line in Ways(target, other, stage)) yield return line;
        }

        if (node.Exchange is { } exchange)
        {
            foreach (string line in Ways(exchange, $"{way}{Arrow}exchange by {node.ExchangeKey!.Description}", stage)) yield return line;
        }

        foreach (int output in node.Outputs) yield return way + Arrow + TopicOf(stage.Outputs[output]);
    }

    private static IEnumerable<string> CoreParts(StageDeclaration stage, CoreDeclaration core, Flow flow)
    {
        if (core.Accumulator is null) yield break;
        KeyDemand? key = flow.Nodes.Where(n => n.Level == flow.CoreLevel && n.Demand is not null).Select(n => n.Demand).FirstOrDefault();
        string per = key is null ? "" : $" per {key.Description}";
        if (stage.Window is { } window) yield return $"tumbling {window.SizeText}{per}{(window.LatenessMs > 0 ? $" (+{window.LatenessText} late)" : "")}";
        else yield return $"aggregate{per}";
        foreach (FlowStep emit in flow.Emits) yield return Describe(emit.Step);
    }

    private static string Describe(StepDeclaration step) => step.Kind switch
    {
        StepKind.Join => $"join {step.Row!.Name} {step.Name}",
        StepKind.Branch => $"branch {step.Name}",
        StepKind.FlatMap => $"flatMap {step.Name}",
        StepKind.Emit => step.Name,
        _ => $"{NameText.Camel(step.Kind.ToString())} {step.Name}",
    };

    private static string Names(IEnumerable<WireDeclaration> wires, string separator) => string.Join(separator, wires.Select(TopicOf));

    private static string TopicOf(WireDeclaration wire) => wire.Topic?.Name ?? NameText.Kebab(wire.Type.Name);
}
