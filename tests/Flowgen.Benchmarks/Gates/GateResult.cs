namespace Flowgen.Benchmarks.Gates;

/// <summary>What a gate measured; one object of the JSON file.</summary>
/// <param name="Name">Name of the gate.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Limit">What the hand-written loop reached beside it, in the same unit.</param>
/// <param name="Ratio">Median of time divided by the time of the hand-written loop.</param>
/// <param name="BytesPerRecord">Bytes allocated on the managed heap for each record, in steady state.</param>
/// <param name="Goal">The goal in words.</param>
/// <param name="Ok">Whether the goal is met.</param>
public sealed record GateResult(string Name, double Value, string Unit, double? Limit, double? Ratio, double? BytesPerRecord, string Goal, bool Ok)
{
    /// <summary>What a reader of the table wants to know besides: the spread, and what was measured.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Note { get; init; } = "";
}
