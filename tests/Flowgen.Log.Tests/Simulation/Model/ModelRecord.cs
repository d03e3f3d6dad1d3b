namespace Flowgen.Log.Tests.Simulation;

/// <summary>A record as the model holds it: text, so that a difference can be read.</summary>
internal sealed record ModelRecord(string? Key, string? Value, long Timestamp = 1_000, string Headers = "")
{
    public long Offset { get; init; } = -1;

    public override string ToString() => $"{Offset}@{Timestamp}:{Key ?? "-"}={Shortened(Value)}{Headers}";

    private static string Shortened(string? value) => value switch
    {
        null => "null",
        { Length: > 24 } => $"{value[..24]}…({value.Length})",
        _ => value,
    };
}
