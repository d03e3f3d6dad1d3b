using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>The outputs to which a loop sends at most one record for each it takes: their room is reserved before the loop.</summary>
internal sealed class Slots
{
    private readonly OperatorModel _operator;
    private readonly Dictionary<int, int> _sends = [];
    private readonly HashSet<int> _elsewhere = [];

    /// <summary>Counts what the loop over an entry sends.</summary>
    public Slots(OperatorModel @operator, WireModel entry)
    {
        _operator = @operator;
        Count(entry, isOnce: true);
    }

    /// <summary>Whether an output has its room reserved.</summary>
    public bool Contains(int port) => _sends.TryGetValue(port, out int count) && count == 1 && !_elsewhere.Contains(port);

    /// <summary>The outputs that have.</summary>
    public IEnumerable<PortModel> Ports => _operator.Ports.Where(p => Contains(p.Index));

    private void Count(WireModel wire, bool isOnce)
    {
        foreach (StepModel step in wire.Steps) Count(step, isOnce);
        foreach (int port in wire.Ports) Send(port, isOnce);
    }

    private void Count(StepModel step, bool isOnce)
    {
        if (step.Kind == StepKind.Branch) Send(step.Port, isOnce);
        if (step.Result.Wire >= 0) Count(_operator.Wires[step.Result.Wire], isOnce && step.Kind is StepKind.Map or StepKind.Join);
        foreach (ArgumentModel argument in step.Arguments.Where(a => a.Kind == ArgumentKind.Out)) Count(_operator.Wires[argument.Index], isOnce: false);
        if (step.Otherwise is { } otherwise) Count(otherwise, isOnce: false);
    }

    private void Send(int port, bool isOnce)
    {
        _sends[port] = _sends.TryGetValue(port, out int count) ? count + 1 : 1;
        if (!isOnce) _elsewhere.Add(port);
    }
}
