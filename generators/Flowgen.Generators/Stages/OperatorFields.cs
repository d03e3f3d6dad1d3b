using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>The names of an operator's fields, each only once.</summary>
internal sealed class OperatorFields
{
    private readonly HashSet<string> _taken = ["_stage", "_stores", "_time"];
    private readonly Dictionary<int, string> _ports = [];
    private readonly Dictionary<int, string> _tables = [];
    private readonly Dictionary<int, string> _buffers = [];

    public OperatorFields(StageModel stage, OperatorModel op)
    {
        foreach (PortModel port in op.Ports) _ports.Add(port.Index, Free(Code.Field(port.Name), "Out"));
        foreach (int table in op.Tables) _tables.Add(table, Free(Code.Field(Code.Plural(stage.Tables[table].Row.Name)), "Table"));
        foreach (WireModel wire in PortFields.Buffered(op)) _buffers.Add(wire.Index, Free(Code.Field(Code.Plural(wire.Name)), "Between"));
        Store = Free(op.Aggregate is { Window: not null } ? "_windows" : op.Aggregate is not null ? "_accumulators" : "_states", "Store");
    }

    /// <summary>The keyed store.</summary>
    public string Store { get; }

    /// <summary>The buffer of an output.</summary>
    public string Port(PortModel port) => _ports[port.Index];

    /// <summary>A table.</summary>
    public string Table(int table) => _tables[table];

    /// <summary>What steps emit on a wire for other steps.</summary>
    public string Buffer(WireModel wire) => _buffers[wire.Index];

    private string Free(string name, string suffix)
    {
        string free = name;
        for (int i = 1; !_taken.Add(free); i++) free = name + suffix + (i == 1 ? "" : i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return free;
    }
}
