using Flowgen.Generators.Writing;
using Flowgen.Parsing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>Writes what happens to one record on its way through the steps.</summary>
internal sealed class FlowEmitter(OperatorContext context, Slots? slots)
{
    private readonly OperatorModel _operator = context.Operator;
    private readonly SourceWriter _writer = context.Writer;
    private readonly TypeNames _types = context.Names.Types;
    private readonly CallEmitter _calls = new(context);

    /// <summary>Whether a step looks up a window, so that the loop needs a cursor.</summary>
    public bool UsesCursor { get; set; }

    /// <summary>Whether the records of an output have an event time of their own.</summary>
    public static bool HasTime(OperatorModel op, PortModel port) =>
        op.Wires.Any(w => w.Record == port.Record && w.EventTime is not null);

    /// <summary>The expression of a record's own event time.</summary>
    public string TimeOf(WireModel wire, string record)
    {
        EventTimeModel time = wire.EventTime!;
        bool isShort = time.Kind == WireKind.DateTimeOffset || (time.Kind == WireKind.Int64 && time.Unit == "Milliseconds");
        return isShort || wire.Codec is null ? time.Expression(record) : $"{_types.Of(wire.Codec)}.EventTime(in {record})";
    }

    /// <summary>The variable of a record's key.</summary>
    public Variable KeyVariable(WireModel wire, string name, string record) =>
        new(name, wire.Key is { } key ? _types.Of(key.Key.Type) : "", () => wire.Key!.Expression(record, context.Names.Class));

    /// <summary>Writes all steps of a record and where it goes in the end.</summary>
    /// <param name="current">The record.</param>
    /// <param name="isTail">Whether nothing follows in the loop, so that a dropped record is a <c>continue</c>.</param>
    public void Write(Current current, bool isTail) => WriteFrom(current, 0, isTail);

    /// <summary>Writes a call and sends what it returns on its way.</summary>
    public void WriteCall(StepModel step, string call, Current current, bool isTail)
    {
        if (step.Result.Kind == ResultKind.Void || step.Result.Wire < 0)
        {
            _writer.Line(call + ";");
            WriteEmitted(step, current);
            return;
        }

        WireModel wire = _operator.Wires[step.Result.Wire];
        bool isValue = step.Result.Kind == ResultKind.Value;
        if (isValue && PortFields.IsStraight(wire))
        {
            Send(_operator.Ports[wire.Ports[0]], wire, call, current.Time);
            WriteEmitted(step, current);
            return;
        }

        string name = Locals.Record(current.Depth == 0 ? wire.Name : wire.Name + (current.Depth + 1));
        Current made = Made(wire, name, current);
        if (isValue)
        {
            using SourceWriter.Block? scope = isTail ? null : _writer.WriteBlock();
            _writer.Line($"{_types.Of(wire.Record)} {name} = {call};");
            Write(made, isTail);
        }
        else if (isTail)
        {
            _writer.Line($"if ({call} is not {{ }} {name}) continue;");
            Write(made, isTail);
        }
        else
        {
            using (_writer.WriteBlock($"if ({call} is {{ }} {name})")) Write(made, isTail: false);
        }

        WriteEmitted(step, current);
    }

    private void WriteFrom(Current current, int first, bool isTail)
    {
        EquatableArray<StepModel> steps = current.Wire.Steps;
        for (int i = first; i < steps.Count; i++)
        {
            StepModel step = steps[i];
            bool isLast = i == steps.Count - 1 && current.Wire.Ports.IsEmpty;
            SourceWriter.Place place = _writer.Mark();
            _writer.Line();
            _writer.Line($"// {step.Attribute} {step.Method}");
            bool isDone = WriteStep(step, current, i, place, isTail, isLast);
            current.DeclareAt(place, _writer);
            if (isDone) return;
        }

        SourceWriter.Place end = _writer.Mark();
        if (steps.Count > 0 && current.Wire.Ports.Count > 0) _writer.Line();
        foreach (int port in current.Wire.Ports) Send(_operator.Ports[port], current.Wire, current.Record, current.Time, isVariable: true);
        current.DeclareAt(end, _writer);
    }

    // Whether the rest of the steps has been written too, inside a block of this one.
    private bool WriteStep(StepModel step, Current current, int index, SourceWriter.Place place, bool isTail, bool isLast)
    {
        switch (step.Kind)
        {
            case StepKind.Filter:
                return WriteFilter(step, current, index, place, isTail);
            case StepKind.Branch:
                return WriteBranch(step, current, index, place, isTail);
            case StepKind.Add:
                new AddEmitter(context, this).Write(step, current, isTail && isLast);
                return false;
            case StepKind.Join:
                WriteJoin(step, current, isTail && isLast);
                return false;
            case StepKind.Process when step.Arguments.Any(a => a.Kind == ArgumentKind.State):
                ArgumentModel state = step.Arguments.First(a => a.Kind == ArgumentKind.State);
                _writer.Line($"ref {_types.Of(state.Type)} state = ref {context.Fields.Store}.Get({current.Key.Use()});");
                WriteCall(step, _calls.Call(step, current, new Dictionary<ArgumentKind, string> { [ArgumentKind.State] = "state" }), current, isTail && isLast);
                return false;
            default:
                WriteCall(step, _calls.Call(step, current), current, isTail && isLast);
                return false;
        }
    }

    private bool WriteFilter(StepModel step, Current current, int index, SourceWriter.Place place, bool isTail)
    {
        string call = _calls.Call(step, current);
        if (isTail)
        {
            _writer.Line($"if (!{call}) continue;");
            return false;
        }

        current.DeclareAt(place, _writer);
        using (_writer.WriteBlock($"if ({call})")) WriteFrom(current, index + 1, isTail: false);
        return true;
    }

    private bool WriteBranch(StepModel step, Current current, int index, SourceWriter.Place place, bool isTail)
    {
        using (_writer.WriteBlock($"if ({_calls.Call(step, current)})"))
        {
            Send(_operator.Ports[step.Port], current.Wire, current.Record, current.Time, isVariable: true);
            if (isTail) _writer.Line("continue;");
        }

        if (isTail) return false;
        current.DeclareAt(place, _writer);
        using (_writer.WriteBlock("else")) WriteFrom(current, index + 1, isTail: false);
        return true;
    }

    private void WriteJoin(StepModel step, Current current, bool isTail)
    {
        TableModel table = context.Stage.Tables[step.Table];
        string row = Locals.Record(Code.Camel(table.Row.Name)), found = row.TrimStart('@') + "Found";
        Dictionary<ArgumentKind, string> given = new() { [ArgumentKind.Row] = row };
        _writer.Line($"ref readonly {_types.Of(table.Row)} {row} = ref {context.Fields.Table(step.Table)}.Find({current.Wire.Key!.Expression(current.Record, context.Names.Class)}, out bool {found});");
        if (step.Otherwise is null && isTail)
        {
            _writer.Line($"if (!{found}) continue;");
            WriteCall(step, _calls.Call(step, current, given), current, isTail: true);
            return;
        }

        using (_writer.WriteBlock($"if ({found})")) WriteCall(step, _calls.Call(step, current, given), current, isTail);
        if (step.Otherwise is not { } otherwise) return;
        using (_writer.WriteBlock("else"))
        {
            _writer.Line($"// {otherwise.Attribute} {otherwise.Method}");
            WriteCall(otherwise, _calls.Call(otherwise, current), current, isTail);
        }
    }

    // What a step emitted for other steps, record by record.
    private void WriteEmitted(StepModel step, Current current)
    {
        foreach (int index in step.Arguments.Where(a => a.Kind == ArgumentKind.Out).Select(a => a.Index).Distinct())
        {
            WireModel wire = _operator.Wires[index];
            if (PortFields.IsStraight(wire)) continue;
            string buffer = context.Fields.Buffer(wire), list = Locals.List(buffer.TrimStart('_')), item = Locals.Record(wire.Name), i = ((char)('j' + current.Depth)).ToString();
            _writer.Line($"ReadOnlySpan<{_types.Of(wire.Record)}> {list} = {buffer}.Records;");
            using (_writer.WriteBlock($"for (int {i} = 0; {i} < {list}.Length; {i}++)"))
            {
                _writer.Line($"ref readonly {_types.Of(wire.Record)} {item} = ref {list}[{i}];");
                Variable time = new(item.TrimStart('@') + "Time", "long", () => wire.EventTime is null ? $"{buffer}.Times[{i}]" : TimeOf(wire, item));
                Current emitted = new(wire, item, time, KeyVariable(wire, item.TrimStart('@') + "Key", item), current.Origin, current.Depth + 1);
                Write(emitted, isTail: true);
            }

            _writer.Line();
            _writer.Line($"{buffer}.Clear();");
        }
    }

    private Current Made(WireModel wire, string name, Current from)
    {
        string plain = name.TrimStart('@');
        Variable time = wire.EventTime is null ? from.Time : new Variable(plain + "Time", "long", () => TimeOf(wire, name));
        return new Current(wire, name, time, KeyVariable(wire, plain + "Key", name), from.Origin, from.Depth, OwnsTime: wire.EventTime is not null);
    }

    private void Send(PortModel port, WireModel wire, string value, Variable time, bool isVariable = false)
    {
        if (slots is not null && slots.Contains(port.Index))
        {
            string list = Locals.List(port.Name);
            if (!HasTime(_operator, port)) _writer.Line($"{list}Times[{list}Count] = {time.Use()};");
            _writer.Line($"{list}[{list}Count++] = {value};");
            return;
        }

        string argument = isVariable ? "in " + value : value;
        _writer.Line(wire.EventTime is null ? $"{context.Fields.Port(port)}.Add({argument}, {time.Use()});" : $"{context.Fields.Port(port)}.Add({argument});");
    }
}
