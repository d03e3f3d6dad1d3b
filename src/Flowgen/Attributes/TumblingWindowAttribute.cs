namespace Flowgen;

/// <summary>What all windows have in common.</summary>
public abstract class WindowAttribute : Attribute
{
    /// <summary>Duration after the end of a window in which a late record still corrects its result.</summary>
    public string Lateness { get; set; } = "0s";
}

/// <summary>Windows of one size, side by side: each record belongs to exactly one.</summary>
/// <param name="size">Duration of a window.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TumblingWindowAttribute(string size) : WindowAttribute
{
    /// <summary>Duration of a window.</summary>
    public string Size { get; } = size;

    /// <summary>Duration by which the windows start after multiples of their size since 1970-01-01T00:00:00Z.</summary>
    public string Offset { get; set; } = "0s";
}
