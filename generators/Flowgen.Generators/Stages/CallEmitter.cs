using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>Writes the calls of the user's methods.</summary>
internal sealed class CallEmitter(OperatorContext context)
{
    /// <summary>The call of a step on a record.</summary>
    /// <param name="step">The step.</param>
    /// <param name="current">The record.</param>
    /// <param name="given">What only this place knows: row, accumulator, state, window, firing.</param>
    public string Call(StepModel step, Current current, IReadOnlyDictionary<ArgumentKind, string>? given = null) =>
        $"{context.Target(step)}.{step.Method}({string.Join(", ", step.Arguments.Select(a => Argument(a, current, given)))})";

    /// <summary>The buffer behind an <c>Out</c>.</summary>
    public string Buffer(WireModel wire) =>
        PortFields.IsStraight(wire) ? context.Fields.Port(context.Operator.Ports[wire.Ports[0]]) : context.Fields.Buffer(wire);

    private string Argument(ArgumentModel argument, Current current, IReadOnlyDictionary<ArgumentKind, string>? given)
    {
        string value = given is not null && given.TryGetValue(argument.Kind, out string known) ? known : argument.Kind switch
        {
            ArgumentKind.Record => current.Record,
            ArgumentKind.Key => current.Key.Use(),
            ArgumentKind.Meta => $"new Meta({current.Origin}, {current.Time.Use()})",
            ArgumentKind.Table => $"new {context.Names.Types.Of(argument.Type)}({context.Fields.Table(argument.Index)})",
            ArgumentKind.Out => $"{Buffer(context.Operator.Wires[argument.Index])}.At({current.Time.Use()})",
            _ => throw new InvalidOperationException($"'{argument.Kind}' is not known here."),
        };
        return argument.Mode switch
        {
            PassingMode.Ref => "ref " + value,
            PassingMode.In when IsVariable(argument.Kind) => "in " + value,
            _ => value,
        };
    }

    // 'in' needs a variable; what is made for the call is passed without it.
    private static bool IsVariable(ArgumentKind kind) => kind is ArgumentKind.Record or ArgumentKind.Row or ArgumentKind.Accumulator or ArgumentKind.State;
}
