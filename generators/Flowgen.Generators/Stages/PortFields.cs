using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>The buffers of an operator: its outputs, and what its steps emit for one another.</summary>
internal static class PortFields
{
    /// <summary>Whether a record on a wire goes straight to one output.</summary>
    public static bool IsStraight(WireModel wire) => wire.Steps.IsEmpty && wire.Ports.Count == 1;

    /// <summary>Whether steps can send tombstones to an output: they hold an <c>Out</c> of it, and its records have a key.</summary>
    public static bool HasTombstones(OperatorModel op, PortModel port) =>
        port.RecordKey is not null && port.Output >= 0 && OutWires(op).Any(w => IsStraight(op.Wires[w]) && op.Wires[w].Ports[0] == port.Index);

    /// <summary>The wires whose records steps emit through an <c>Out</c> and that further steps take.</summary>
    public static IEnumerable<WireModel> Buffered(OperatorModel op) =>
        OutWires(op).Distinct().OrderBy(w => w).Select(w => op.Wires[w]).Where(w => !IsStraight(w));

    /// <summary>The steps of an operator, with the steps that they lead to.</summary>
    public static IEnumerable<StepModel> Steps(OperatorModel op) =>
        op.Wires.SelectMany(w => w.Steps).Concat(op.Aggregate?.Emits ?? []).SelectMany(s => s.Otherwise is null ? [s] : new[] { s, s.Otherwise });

    private static IEnumerable<int> OutWires(OperatorModel op) =>
        Steps(op).SelectMany(s => s.Arguments).Where(a => a.Kind == ArgumentKind.Out).Select(a => a.Index);
}
