using Flowgen.Parsing.Models;

namespace Flowgen.Parsing;

/// <summary>Draws the pipeline of a stage as text.</summary>
internal sealed class Picture(StageDeclaration stage, CoreDeclaration core, Flow flow)
{
    private const string Arrow = " ─▶ ";
    private bool _drewResults;

    /// <summary>The pipeline in one line, in plain characters.</summary>
    public string Line()
    {
        IEnumerable<string> before = stage.Steps.Where(s => s.Kind is StepKind.Filter or StepKind.Map or StepKind.FlatMap or StepKind.Branch or StepKind.Join or StepKind.Process).Select(Describe);
        IEnumerable<string> results = core.Accumulator is null ? [] : [Grouping(flow.Nodes.Find(n => n.Steps.Exists(s => s.Step.IsCore)))];
        return string.Join(" > ", [Names(stage.Inputs, " + "), .. before, .. results, Names(stage.Outputs, ", ")]);
    }

    /// <summary>The pipeline as lines: one for each way through the stage.</summary>
    public IEnumerable<string> Draw() => flow.Nodes
        .Where(n => n is { IsEntry: true, Start: 0 } && stage.Inputs.Exists(i => i.Type.Is(n.Type)))
        .SelectMany(entry => Ways(entry, Names(stage.Inputs.FindAll(i => i.Type.Is(entry.Type)), " + ")));

    private IEnumerable<string> Ways(FlowNode node, string before)
    {
        string way = before;
        foreach (FlowStep step in node.Steps)
        {
            foreach (string line in WaysOf(step, node, way)) yield return line;
            if (step.Step.Kind == StepKind.Filter) way += Arrow + Describe(step.Step);
        }

        if (node.Exchange is { } exchange)
            foreach (string line in Ways(exchange, $"{way}{Arrow}exchange by {node.ExchangeKey!.Description}")) yield return line;
        foreach (int output in node.Outputs) yield return way + Arrow + NameOf(stage.Outputs[output]);
    }

    private IEnumerable<string> WaysOf(FlowStep step, FlowNode node, string way) => step.Step.Kind switch
    {
        StepKind.Filter => [],
        StepKind.Branch => [$"{way}{Arrow}{Describe(step.Step)}{Arrow}{NameOf(stage.Outputs.Find(o => o.Argument.Is(step.Step.BranchTarget))!)}"],
        StepKind.Add => [.. Results($"{way}{Arrow}{Grouping(node)}{Arrow}{step.Step.Name}"), .. Otherwise(step, way)],
        _ => [.. Targets(step, $"{way}{Arrow}{Describe(step.Step)}"), .. Otherwise(step, way)],
    };

    // All [Add] steps fill the same accumulators: what becomes of these is drawn behind the first one.
    private IEnumerable<string> Results(string way)
    {
        if (_drewResults) return [way];
        _drewResults = true;
        return flow.Emits.SelectMany(emit => Targets(emit, way + Arrow + emit.Step.Name));
    }

    private IEnumerable<string> Otherwise(FlowStep step, string way) => step.Otherwise is not { } other ? []
        : Targets(other, $"{way}{Arrow}{(other.Step.Kind == StepKind.Late ? "too late" : $"no {step.Step.Row!.Name}")}{Arrow}{other.Step.Name}");

    private IEnumerable<string> Targets(FlowStep step, string way) => step.Targets.Count == 0 ? [way] : step.Targets.SelectMany(target => Ways(target, way));

    private string Grouping(FlowNode? node)
    {
        string per = node?.Demand is { } key ? $" per {key.Description}" : "";
        return stage.Window is { } window ? $"tumbling {window.SizeText}{per}{(window.LatenessMs > 0 ? $" (+{window.LatenessText} late)" : "")}" : $"all time{per}";
    }

    private static string Describe(StepDeclaration step) => step.Kind == StepKind.Join ? $"join {step.Row!.Name} {step.Name}" : $"{NameText.Camel(step.Kind.ToString())} {step.Name}";

    private static string Names(IEnumerable<WireDeclaration> wires, string separator) => string.Join(separator, wires.Select(NameOf));

    private static string NameOf(WireDeclaration wire) => wire.Topic?.Name ?? NameText.Kebab(wire.Type.Name);
}
