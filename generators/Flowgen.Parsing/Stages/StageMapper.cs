using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Turns a stage without errors into its model.</summary>
internal sealed class StageMapper(StageDeclaration stage, CoreDeclaration core, Flow flow, KeyDemands demands, DeclarationModel declaration)
{
    private readonly List<int> _levels = [.. flow.Nodes.Select(n => n.Level).Append(flow.CoreLevel).Distinct().OrderBy(l => l)];
    private readonly Dictionary<FlowNode, int> _exchanges = [];

    public static string ExchangeName(string stage, INamedTypeSymbol record) => $"{stage}.{NameText.Kebab(record.Name)}";

    public StageModel Map()
    {
        foreach (FlowNode node in flow.Nodes.Where(n => n.Exchange is not null)) _exchanges.Add(node, _exchanges.Count);
        var operators = _levels.Select((level, i) => new OperatorMapper(stage, core, flow, demands, _exchanges, level, level - flow.CoreLevel).Map()).ToEquatable();
        return new StageModel(
            declaration,
            stage.Name,
            HasErrors: false,
            IsStateful: core.Accumulator is not null || core.State is not null,
            stage.Inputs.Select(Input).ToEquatable(),
            stage.Tables.Select(Table).ToEquatable(),
            stage.Outputs.Select((o, i) => Output(o, i, operators)).ToEquatable(),
            operators,
            _exchanges.Select(e => Exchange(e.Key, operators)).ToEquatable(),
            new Picture(stage, core, flow).Line(),
            new Picture(stage, core, flow).Draw().ToEquatable());
    }

    private InputModel Input(WireDeclaration input, int index)
    {
        EventTimeModel? time = input.Record.Model.EventTime;
        long outOfOrder = Milliseconds(input.Attribute.NamedText("OutOfOrder")) ?? time?.OutOfOrderMs ?? 0;
        long idle = Milliseconds(input.Attribute.NamedText("Idle")) ?? time?.IdleMs ?? DefaultIdleMs;
        FlowNode entry = flow.Nodes.Find(n => n.IsEntry && n.Type.Is(input.Type) && n.Start == 0) ?? flow.Nodes[0];
        return new InputModel(
            input.Record.Model.Type, input.Record.Model.CodecFullName, input.Topic, input.IsMarker,
            _levels.IndexOf(entry.Level), flow.InputDemands[index]?.Access, outOfOrder, idle,
            input.Attribute.NamedNumber("Start", 0) == 1, input.Topic is null ? input.Record.StreamPartitions : 0);
    }

    private TableModel Table(WireDeclaration table, int index)
    {
        var users = flow.Nodes.Where(n => n.Steps.Exists(s => s.Step.Parameters.Exists(p => p.Table == index))).Select(n => _levels.IndexOf(n.Level)).Distinct().OrderBy(l => l);
        return new TableModel(
            index, table.Record.Model.Type, table.Record.Model.CodecFullName, table.Topic!, table.IsMarker,
            table.Record.Key!, StageDeclaration.OnOf(table), users.ToEquatable());
    }

    private static OutputModel Output(WireDeclaration output, int index, EquatableArray<OperatorModel> operators)
    {
        PortModel[] ports = [.. operators.SelectMany(o => o.Ports).Where(p => p.Output == index)];
        return new OutputModel(
            output.Record.Model.Type, output.Record.Model.CodecFullName, output.Topic, output.IsMarker,
            ports.Length > 0 && ports.All(p => p.KeyStays));
    }

    private ExchangeModel Exchange(FlowNode node, EquatableArray<OperatorModel> operators)
    {
        int from = _levels.IndexOf(node.Level), to = _levels.IndexOf(node.Exchange!.Level), index = _exchanges[node];
        int partitions = operators[to].Tables.Select(t => stage.Tables[t].Topic!.Partitions).DefaultIfEmpty(0).Max();
        RecordModel record = stage.Known.Records.Read(node.Type).Model;
        return new ExchangeModel(
            record.Type, record.CodecFullName, from, operators[from].Ports.First(p => p.Exchange == index).Index, to,
            ExchangeName(stage.Name, node.Type), node.ExchangeKey!.Access, partitions);
    }

    private static long DefaultIdleMs => DurationText.TryParse(EventTimeReader.DefaultIdle, out long ms) ? ms : 0;

    private static long? Milliseconds(string? text) => text is not null && DurationText.TryParse(text, out long ms) ? ms : null;
}
