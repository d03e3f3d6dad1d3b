using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>Writes how the operators of a stage are wired.</summary>
internal static class DescribeEmitter
{
    /// <summary>Writes <c>Describe</c>.</summary>
    public static void Write(StageModel stage, StageNames names, SourceWriter writer)
    {
        writer.Line(GeneratedFile.GeneratedCode);
        using (writer.WriteBlock($"static void IStage<{names.Class}>.Describe(StageBuilder stage)"))
        {
            for (int i = 0; i < stage.Operators.Count; i++)
                writer.Line($"OperatorNode {names.Node(i)} = stage.Operator({Code.Literal(stage.Operators[i].NodeName)}, {Factory(stage, stage.Operators[i], names)});");
            foreach (InputModel input in stage.Inputs) writer.Line(Input(input, names));
            foreach (TableModel table in stage.Tables)
                foreach (int op in table.Operators)
                    writer.Line($"stage.Table<{names.Types.Of(table.Row)}, {names.Types.Of(table.Codec)}>({names.Node(op)}{Topic(table.IsMarker ? table.Topic.Name : null)});    // [Table<{table.Row.Name}>]");
            foreach (ExchangeModel exchange in stage.Exchanges) writer.Line(Exchange(exchange, names));
            for (int i = 0; i < stage.Operators.Count; i++)
                foreach (PortModel port in stage.Operators[i].Ports.Where(p => p.Output >= 0))
                    writer.Line(Output(stage.Operators[i], i, port, names));
        }
    }

    private static string Factory(StageModel stage, OperatorModel op, StageNames names)
    {
        if (!op.UsesInstance) return $"static _ => new {op.ClassName}()";
        IEnumerable<string> services = stage.Declaration.Dependencies.Select(d => $"StageServices.Require<{names.Types.Of(d.Type)}>(services, {Code.Literal(stage.Declaration.Type.Name)})");
        bool needsServices = !stage.Declaration.Dependencies.IsEmpty;
        return $"static {(needsServices ? "services" : "_")} => new {op.ClassName}(new {names.Class}({string.Join(", ", services)}))";
    }

    private static string Input(InputModel input, StageNames names)
    {
        string record = names.Types.Of(input.Record), codec = names.Types.Of(input.Codec);
        string partitioner = input.GroupedBy is { } key ? ", " + names.Partitioner(input.Record, input.Codec, key) : "";
        return $"stage.Input<{record}, {codec}{partitioner}>({names.Node(input.Operator)}{Topic(input.IsMarker ? input.Topic?.Name : null)});    // [From<{input.Topic?.Marker?.Name ?? input.Record.Name}>]";
    }

    private static string Exchange(ExchangeModel exchange, StageNames names)
    {
        string partitioner = names.Partitioner(exchange.Record, exchange.Codec, exchange.GroupedBy);
        string partitions = exchange.Partitions > 0 ? $", {exchange.Partitions}" : "";
        return $"stage.Exchange<{names.Types.Of(exchange.Record)}, {names.Types.Of(exchange.Codec)}, {partitioner}>({names.Node(exchange.From)}, {exchange.Port}, {names.Node(exchange.To)}, {Code.Literal(exchange.Name)}{partitions});    // by {exchange.GroupedBy.Description}";
    }

    private static string Output(OperatorModel op, int index, PortModel port, StageNames names)
    {
        string key = PortFields.HasTombstones(op, port) ? $", {names.Types.Of(port.RecordKey!.Key.Type)}, {names.KeyCodec(port.RecordKey.Key)}" : "";
        string to = names.Stage.Outputs[port.Output].Topic?.Marker?.Name ?? port.Record.Name;
        return $"stage.Output<{names.Types.Of(port.Record)}, {names.Types.Of(port.Codec)}{key}>({names.Node(index)}, {port.Index}, keyStays: {Code.Literal(port.KeyStays)}{Topic(port.Topic)});    // [To<{to}>]";
    }

    private static string Topic(string? marker) => marker is null ? "" : $", topic: {Code.Literal(marker)}";
}
