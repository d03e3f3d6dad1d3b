using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>Writes the loop over a batch: one pass in which each record takes all of its steps.</summary>
internal sealed class LoopEmitter(OperatorContext context)
{
    private readonly SourceWriter _writer = context.Writer;
    private readonly TypeNames _types = context.Names.Types;

    /// <summary>Writes <c>Process</c> for the batches that arrive on a wire.</summary>
    public void WriteProcess(WireModel entry)
    {
        string record = _types.Of(entry.Record);
        Slots slots = new(context.Operator, entry);
        FlowEmitter flow = new(context, slots);
        bool readsTimes = entry.EventTime is null;
        using (_writer.WriteBlock($"public void Process(scoped in Batch<{record}> batch)"))
        {
            _writer.Line($"ReadOnlySpan<{record}> records = batch.Records;");
            SourceWriter.Place top = _writer.Mark();
            WriteReserve(slots);
            _writer.Line();
            bool usesTime = false;
            using (_writer.WriteBlock("for (int i = 0; i < records.Length; i++)"))
            {
                _writer.Line($"ref readonly {record} record = ref records[i];");
                Variable time = new("time", "long", () =>
                {
                    usesTime = true;
                    return readsTimes ? "times[i]" : flow.TimeOf(entry, "record");
                });
                flow.Write(new Current(entry, "record", time, flow.KeyVariable(entry, "key", "record"), "batch.Origin, i", Depth: 0), isTail: true);
            }

            WriteCommit(slots);
            if (flow.UsesCursor) _writer.InsertAt(top, $"var cursor = {context.Fields.Store}.Cursor;");
            if (readsTimes && usesTime) _writer.InsertAt(top, "ReadOnlySpan<long> times = batch.Times[..records.Length];");
        }
    }

    private void WriteReserve(Slots slots)
    {
        foreach (PortModel port in slots.Ports)
        {
            string list = Locals.List(port.Name), times = HasTime(port) ? "" : $", out Span<long> {list}Times";
            _writer.Line($"Span<{_types.Of(port.Record)}> {list} = {context.Fields.Port(port)}.Reserve(records.Length{times});");
            _writer.Line($"int {list}Count = 0;");
        }
    }

    private void WriteCommit(Slots slots)
    {
        if (!slots.Ports.Any()) return;
        _writer.Line();
        foreach (PortModel port in slots.Ports) _writer.Line($"{context.Fields.Port(port)}.Commit({Locals.List(port.Name)}Count);");
    }

    private bool HasTime(PortModel port) => FlowEmitter.HasTime(context.Operator, port);
}
