namespace Flowgen.Parsing.Models;

/// <summary>The member of a record that says when the event happened.</summary>
/// <param name="Member">Its name.</param>
/// <param name="Kind"><see cref="WireKind.DateTimeOffset"/>, <see cref="WireKind.DateTime"/> or <see cref="WireKind.Int64"/>.</param>
/// <param name="Unit">For an integer: <c>Milliseconds</c>, <c>Seconds</c>, <c>Microseconds</c> or <c>Nanoseconds</c>.</param>
/// <param name="OutOfOrderMs">How far events may be behind, in milliseconds.</param>
/// <param name="IdleMs">Silence after which a partition no longer holds back the watermark, in milliseconds.</param>
public sealed record EventTimeModel(string Member, WireKind Kind, string Unit, long OutOfOrderMs, long IdleMs)
{
    /// <summary>The C# expression of the time in Unix milliseconds.</summary>
    /// <param name="record">The expression of the record.</param>
    /// <returns>An expression of type <c>long</c>.</returns>
    public string Expression(string record)
    {
        string value = $"{record}.{Member}";
        return Kind switch
        {
            WireKind.DateTimeOffset => $"{value}.ToUnixTimeMilliseconds()",
            WireKind.DateTime => $"new global::System.DateTimeOffset({value}.Kind == global::System.DateTimeKind.Unspecified ? global::System.DateTime.SpecifyKind({value}, global::System.DateTimeKind.Utc) : {value}).ToUnixTimeMilliseconds()",
            _ => Unit switch
            {
                "Seconds" => $"{value} * 1_000",
                "Microseconds" => $"({value} / 1_000) - ({value} % 1_000 < 0 ? 1 : 0)",
                "Nanoseconds" => $"({value} / 1_000_000) - ({value} % 1_000_000 < 0 ? 1 : 0)",
                _ => value,
            },
        };
    }
}
