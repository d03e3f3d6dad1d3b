using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>Writes how a record gets into its accumulator.</summary>
internal sealed class AddEmitter(OperatorContext context, FlowEmitter flow)
{
    private readonly SourceWriter _writer = context.Writer;
    private readonly AggregateModel _aggregate = context.Operator.Aggregate!;
    private readonly CallEmitter _calls = new(context);

    /// <summary>Writes an [Add] step.</summary>
    public void Write(StepModel step, Current current, bool isTail)
    {
        if (_aggregate.Window is not { } window)
        {
            if (context.KeepsTime) _writer.Line($"_time = {current.Time.Use()};");
            WriteAdd(step, current, $"{context.Fields.Store}.Get({current.Key.Use()}");
            return;
        }

        flow.UsesCursor = true;
        if (isTail) WriteInWindow(step, current, window);
        else WriteInWindowOrElse(step, current, window);
    }

    private static string Start(Current current, WindowModel window) =>
        $"WindowMath.Floor({current.Time.Use()}, Size{(window.OffsetMs == 0 ? "" : ", Offset")})";

    // Nothing follows in the loop: while times stay in one window, its start is not computed again.
    private void WriteInWindow(StepModel step, Current current, WindowModel window)
    {
        using (_writer.WriteBlock($"if (!cursor.Holds({current.Time.Use()}, Size))"))
        {
            _writer.Line($"long start = {Start(current, window)};");
            using (_writer.WriteBlock($"if ({context.Fields.Store}.IsLate(start))"))
            {
                WriteLate(step, current);
                _writer.Line("continue;");
            }

            _writer.Line();
            _writer.Line($"cursor = {context.Fields.Store}.CursorAt(start);");
        }

        _writer.Line();
        WriteAdd(step, current, $"cursor.Get({current.Key.Use()}");
    }

    private void WriteInWindowOrElse(StepModel step, Current current, WindowModel window)
    {
        _writer.Line($"long start = {Start(current, window)};");
        using (_writer.WriteBlock($"if ({context.Fields.Store}.IsLate(start))")) WriteLate(step, current);
        using (_writer.WriteBlock("else"))
        {
            _writer.Line($"if (!cursor.Holds({current.Time.Use()}, Size)) cursor = {context.Fields.Store}.CursorAt(start);");
            WriteAdd(step, current, $"cursor.Get({current.Key.Use()}");
        }
    }

    private void WriteAdd(StepModel step, Current current, string get)
    {
        Dictionary<ArgumentKind, string> given = [];
        if (_aggregate.Init is not { } init)
        {
            given[ArgumentKind.Accumulator] = get + ")";
            _writer.Line(_calls.Call(step, current, given) + ";");
            return;
        }

        given[ArgumentKind.Accumulator] = "accumulator";
        _writer.Line($"ref {context.Names.Types.Of(_aggregate.Accumulator.Type)} accumulator = ref {get}, out bool isNew);");
        _writer.Line($"if (isNew) accumulator = {_calls.Call(init, current)};    // {init.Attribute} {init.Method}");
        _writer.Line(_calls.Call(step, current, given) + ";");
    }

    private void WriteLate(StepModel step, Current current)
    {
        if (step.Otherwise is not { } late)
        {
            _writer.Line("LateRecords++;");
            return;
        }

        _writer.Line($"// {late.Attribute} {late.Method}");
        Dictionary<ArgumentKind, string> given = new() { [ArgumentKind.Window] = "new Window(start, start + Size)" };
        flow.WriteCall(late, _calls.Call(late, current, given), current, isTail: false);
    }
}
