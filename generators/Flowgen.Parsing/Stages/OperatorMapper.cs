using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Flowgen.Parsing;

/// <summary>Turns one level of a flow into the model of an operator.</summary>
internal sealed class OperatorMapper(
    StageDeclaration stage, CoreDeclaration core, Flow flow, KeyDemands demands, Dictionary<FlowNode, int> exchanges, int level, int distance)
{
    private readonly List<FlowNode> _nodes = [.. flow.Nodes.Where(n => n.Level == level)];
    private readonly List<PortModel> _ports = [];
    private readonly HashSet<string> _names = [];

    private bool HasCore => distance == 0;

    public OperatorModel Map()
    {
        foreach (FlowNode node in _nodes) AddPorts(node);
        var wires = _nodes.Select(Wire).ToEquatable();
        IEnumerable<FlowStep> steps = _nodes.SelectMany(n => n.Steps).Concat(HasCore ? flow.Emits : []);
        var tables = steps.SelectMany(s => s.Step.Parameters).Where(p => p.Table >= 0).Select(p => p.Table).Distinct().OrderBy(t => t).ToEquatable();
        return new OperatorModel(
            OperatorNames.Class(stage.Symbol.Name, distance),
            OperatorNames.Node(stage.Name, distance),
            _nodes.Select(n => n.Demand).FirstOrDefault(d => d is not null)?.Key,
            wires,
            _ports.ToEquatable(),
            tables,
            HasCore ? Aggregate() : null,
            HasCore ? core.State : null,
            UsesInstance(steps));
    }

    private bool UsesInstance(IEnumerable<FlowStep> steps) =>
        steps.Select(s => s.Step).Concat(steps.Select(s => s.Otherwise?.Step).OfType<StepDeclaration>())
            .Concat(HasCore ? new[] { core.Init, core.Merge }.OfType<StepDeclaration>() : [])
            .Any(s => !s.Method.IsStatic);

    private AggregateModel? Aggregate() => core.AccumulatorModel is null ? null : new AggregateModel(
        core.AccumulatorModel,
        stage.Window,
        core.Init is null ? null : Step(new FlowStep(core.Init, [], null)),
        core.Merge is null ? null : Step(new FlowStep(core.Merge, [], null)),
        flow.Emits.Select(Step).ToEquatable());

    private void AddPorts(FlowNode node)
    {
        if (exchanges.TryGetValue(node, out int exchange)) AddPort(node, exchange, -1);
        foreach (int output in node.Outputs) AddPort(node, -1, output);
        foreach (FlowStep branch in node.Steps.Where(s => s.Step.Kind == StepKind.Branch)) AddPort(node, -1, OutputOf(branch.Step));
    }

    private void AddPort(FlowNode node, int exchange, int output)
    {
        RecordModel record = stage.Known.Records.Read(node.Type).Model;
        bool keyStays = record.Key is { } key && node.Facts?.Satisfies(new KeyDemand(key, key.Members, null)) == true;
        int known = output < 0 ? -1 : _ports.FindIndex(p => p.Output == output);
        if (known >= 0)
        {
            _ports[known] = _ports[known] with { KeyStays = _ports[known].KeyStays && keyStays };
            return;
        }

        WireDeclaration? to = output < 0 ? null : stage.Outputs[output];
        string name = NameText.Plural(NameText.Camel(to?.Argument.Name ?? node.Type.Name));
        string? topic = to is { IsMarker: true } ? to.Topic!.Name : null;
        _ports.Add(new PortModel(_ports.Count, record.Type, record.CodecFullName, Unique(name), exchange, output, topic, keyStays, record.Key));
    }

    private WireModel Wire(FlowNode node, int index)
    {
        RecordDeclaration record = stage.Known.Records.Read(node.Type);
        bool hasCodec = record.IsPublicWire || record.Key is not null || stage.Inputs.Exists(i => i.Type.Is(node.Type)) || stage.Outputs.Exists(o => o.Type.Is(node.Type));
        bool needsKey = node.Steps.Exists(s => s.Step.Find(ArgumentKind.Key) is not null || s.Otherwise?.Step.Find(ArgumentKind.Key) is not null);
        KeyDemand? key = node.Demand ?? (needsKey ? demands.KeyOf(node.Type) : null);
        IEnumerable<int> ports = node.Outputs.Select(o => _ports.FindIndex(p => p.Output == o));
        if (exchanges.TryGetValue(node, out int exchange)) ports = ports.Append(_ports.FindIndex(p => p.Exchange == exchange));
        return new WireModel(
            index, record.Model.Type, hasCodec || node.Exchange is not null || node.IsEntry ? record.Model.CodecFullName : null,
            Unique(NameText.Camel(node.Type.Name)), node.IsEntry, record.Model.EventTime, key?.Access,
            node.Steps.Select(Step).ToEquatable(), ports.ToEquatable(), node.FromCore);
    }

    private StepModel Step(FlowStep flowStep)
    {
        StepDeclaration step = flowStep.Step;
        int output = step.ReturnsRecord ? 1 : 0;
        var arguments = new List<ArgumentModel>();
        foreach (ParameterDeclaration parameter in step.Parameters)
        {
            int index = parameter.Kind == ArgumentKind.Out ? _nodes.IndexOf(flowStep.Targets[output++]) : parameter.Table;
            arguments.Add(new ArgumentModel(parameter.Kind, parameter.Mode, TypeRefs.Of(parameter.Type), index));
        }

        int wire = step.ReturnsRecord ? _nodes.IndexOf(flowStep.Targets[0]) : -1;
        TypeRef? resultType = step.ResultType is null ? null : TypeRefs.Of(step.ResultType);
        return new StepModel(
            step.Kind, step.Name, step.Method.IsStatic, $"[{step.Attribute.Text()}]", arguments.ToEquatable(),
            new ResultModel(step.Result, resultType, wire),
            Table: step.Find(ArgumentKind.Row)?.Table ?? -1,
            Port: step.Kind == StepKind.Branch ? _ports.FindIndex(p => p.Output == OutputOf(step)) : -1,
            Otherwise: flowStep.Otherwise is null ? null : Step(flowStep.Otherwise),
            OnChange: step.Kind == StepKind.Emit && stage.Window is null);
    }

    private int OutputOf(StepDeclaration branch) => stage.Outputs.FindIndex(o => o.Argument.Is(branch.BranchTarget));

    private string Unique(string name)
    {
        if (SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None) name += "Record";     // a record named Event, Short, …
        string unique = name;
        for (int i = 2; !_names.Add(unique); i++) unique = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return unique;
    }
}
