namespace Flowgen;

/// <summary>A span of event time: the start belongs to it, the end does not.</summary>
/// <param name="StartMs">Start in Unix milliseconds.</param>
/// <param name="EndMs">End in Unix milliseconds.</param>
public readonly record struct Window(long StartMs, long EndMs)
{
    /// <summary>The first instant of the window.</summary>
    public DateTimeOffset Start => DateTimeOffset.FromUnixTimeMilliseconds(StartMs);

    /// <summary>The first instant after the window.</summary>
    public DateTimeOffset End => DateTimeOffset.FromUnixTimeMilliseconds(EndMs);

    /// <summary>How long the window is.</summary>
    public TimeSpan Length => TimeSpan.FromMilliseconds(EndMs - StartMs);

    /// <summary>Whether an instant lies in the window.</summary>
    /// <param name="time">The instant.</param>
    /// <returns>True from <see cref="Start"/> to just before <see cref="End"/>.</returns>
    public bool Contains(DateTimeOffset time)
    {
        long ms = time.ToUnixTimeMilliseconds();
        return ms >= StartMs && ms < EndMs;
    }
}

/// <summary>Why a window result is emitted now.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Revision">0 for the first result of a window and key, 1 for its first correction, and so on.</param>
public readonly record struct Firing(FiringKind Kind, int Revision);

/// <summary>Why a window result is emitted.</summary>
public enum FiringKind
{
    /// <summary>The window is still open: the result may change.</summary>
    Early,

    /// <summary>The watermark has passed the end of the window.</summary>
    OnTime,

    /// <summary>A late record changed a result that was emitted before.</summary>
    Correction,
}
