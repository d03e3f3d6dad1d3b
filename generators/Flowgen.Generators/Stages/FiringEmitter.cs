using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>Writes when and how an aggregate makes its results.</summary>
internal static class FiringEmitter
{
    /// <summary>Writes the methods that the engine calls for results.</summary>
    public static void Write(OperatorContext context, AggregateModel aggregate)
    {
        SourceWriter writer = context.Writer;
        if (aggregate.Window is not { } window)
        {
            writer.Line();
            writer.Line("public override bool HoldsResults => true;");
            writer.Line();
            writer.Line($"// {Titles(aggregate)}: once for each key that changed since the last commit");
            using (writer.WriteBlock("public override void EndEpoch()"))
                WriteLoop(context, aggregate, context.Fields.Store + ".Touched", new Variable("_time"));
            return;
        }

        writer.Line();
        writer.Line($"// {Titles(aggregate)}: when the watermark passes the end of a window");
        using (writer.WriteBlock("public override void Advance(long watermark)"))
            writer.Line($"while ({context.Fields.Store}.NextDue(watermark)) Fire();");
        if (window.LatenessMs > 0)
        {
            writer.Line();
            writer.Line($"// Lateness = {Code.Literal(window.LatenessText)}: corrections, once for each key and batch");
            using (writer.WriteBlock("public override void EndBatch()"))
                writer.Line($"while ({context.Fields.Store}.NextCorrected()) Fire();");
        }

        writer.Line();
        using (writer.WriteBlock("private void Fire()"))
        {
            writer.Line($"Window window = {context.Fields.Store}.Due.Window;");
            WriteLoop(context, aggregate, context.Fields.Store + ".Due", new Variable("time", "long", () => "window.EndMs - 1"));
        }
    }

    private static void WriteLoop(OperatorContext context, AggregateModel aggregate, string entries, Variable time)
    {
        using (context.Writer.WriteBlock($"foreach (var entry in {entries})"))
        {
            Dictionary<ArgumentKind, string> given = new()
            {
                [ArgumentKind.Accumulator] = "entry.Value",
                [ArgumentKind.Key] = "entry.Key",
                [ArgumentKind.Window] = "window",
                [ArgumentKind.Firing] = "entry.Firing",
            };
            FlowEmitter flow = new(context, slots: null);
            CallEmitter calls = new(context);
            for (int i = 0; i < aggregate.Emits.Count; i++)
            {
                StepModel emit = aggregate.Emits[i];
                SourceWriter.Place place = context.Writer.Mark();
                Current current = new(context.Operator.Wires[0], "entry", time, new Variable("entry.Key"), "new BatchOrigin(), 0", Depth: 0);
                context.Writer.Line($"// {emit.Attribute} {emit.Method}");
                flow.WriteCall(emit, calls.Call(emit, current, given), current, isTail: i == aggregate.Emits.Count - 1);
                if (time.TryDeclare(out string declaration)) context.Writer.InsertAt(place, declaration);
            }
        }
    }

    private static string Titles(AggregateModel aggregate) => string.Join(", ", aggregate.Emits.Select(e => $"{e.Attribute} {e.Method}"));
}
