using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>Writes an operator: its fields, and the methods that the engine calls.</summary>
internal static class OperatorEmitter
{
    /// <summary>Writes an operator as a nested class.</summary>
    public static void Write(StageModel stage, OperatorModel op, StageNames names, SourceWriter writer)
    {
        OperatorContext context = new(stage, op, names, writer);
        IEnumerable<string> inputs = op.Wires.Where(w => w.IsEntry).Select(w => $"IInput<{names.Types.Of(w.Record)}>");
        IEnumerable<string> tables = op.Tables.Select(t => $"ITableInput<{names.Types.Of(stage.Tables[t].Row)}>");
        writer.Line(GeneratedFile.GeneratedCode);
        writer.Line("[DebuggerNonUserCode]");
        using (writer.WriteBlock($"private sealed class {op.ClassName} : Operator{string.Concat(inputs.Concat(tables).Select(i => ", " + i))}"))
        {
            WriteFields(context);
            WriteConstructor(context);
            WriteOutput(context);
            foreach (WireModel entry in op.Wires.Where(w => w.IsEntry))
            {
                writer.Line();
                new LoopEmitter(context).WriteProcess(entry);
            }

            foreach (int table in op.Tables)
            {
                writer.Line();
                TableEmitter.Write(context, stage.Tables[table]);
            }

            if (op.Aggregate is { } aggregate) FiringEmitter.Write(context, aggregate);
        }
    }

    private static void WriteFields(OperatorContext context)
    {
        (OperatorModel op, StageNames names, SourceWriter writer) = (context.Operator, context.Names, context.Writer);
        WriteWindow(op.Aggregate?.Window, writer);
        if (op.UsesInstance) writer.Line($"private readonly {names.Class} _stage;");
        foreach (int table in op.Tables) writer.Line($"private readonly {context.TableType(table)} {context.Fields.Table(table)} = new();");
        if (context.StoreType is { } store) writer.Line($"private readonly {store} {context.Fields.Store} = new({context.StoreArguments});");
        foreach (PortModel port in op.Ports)
        {
            string record = names.Types.Of(port.Record);
            string type = PortFields.HasTombstones(op, port) ? $"KeyedOutBuffer<{record}, {names.Types.Of(port.RecordKey!.Key.Type)}>" : $"OutBuffer<{record}>";
            writer.Line($"private readonly {type} {context.Fields.Port(port)} = new();");
        }

        foreach (WireModel wire in PortFields.Buffered(op)) writer.Line($"private readonly OutBuffer<{names.Types.Of(wire.Record)}> {context.Fields.Buffer(wire)} = new();");
        if (context.StoreType is not null) writer.Line("private readonly Store[] _stores;");
        if (context.KeepsTime) writer.Line("private long _time;");
    }

    private static void WriteWindow(WindowModel? window, SourceWriter writer)
    {
        if (window is null) return;
        writer.Line($"private const long Size = {Code.Number(window.SizeMs)};    // [TumblingWindow({Code.Literal(window.SizeText)})]");
        if (window.OffsetMs != 0) writer.Line($"private const long Offset = {Code.Number(window.OffsetMs)};    // Offset = {Code.Literal(window.OffsetText)}");
        if (window.LatenessMs != 0) writer.Line($"private const long Lateness = {Code.Number(window.LatenessMs)};    // Lateness = {Code.Literal(window.LatenessText)}");
        writer.Line();
    }

    private static void WriteConstructor(OperatorContext context)
    {
        bool hasStores = context.StoreType is not null;
        if (!context.Operator.UsesInstance && !hasStores) return;
        SourceWriter writer = context.Writer;
        string parameter = context.Operator.UsesInstance ? $"{context.Names.Class} stage" : "";
        writer.Line();
        using (writer.WriteBlock($"public {context.Operator.ClassName}({parameter})"))
        {
            if (context.Operator.UsesInstance) writer.Line("_stage = stage;");
            if (hasStores) writer.Line($"_stores = [{context.Fields.Store}];");
        }

        if (!hasStores) return;
        writer.Line();
        writer.Line("public override ReadOnlySpan<Store> Stores => _stores;");
    }

    private static void WriteOutput(OperatorContext context)
    {
        SourceWriter writer = context.Writer;
        writer.Line();
        using (writer.WriteBlock("public override OutBuffer Output(int port) => port switch", "};"))
        {
            foreach (PortModel port in context.Operator.Ports) writer.Line($"{port.Index} => {context.Fields.Port(port)},");
            writer.Line("_ => throw new ArgumentOutOfRangeException(nameof(port)),");
        }
    }
}
