namespace Flowgen.Runtime;

/// <summary>How far event time has come on one way into an operator.</summary>
internal sealed class WatermarkCell
{
    /// <summary>No record before this time is expected any more; Unix milliseconds.</summary>
    public long Watermark { get; private set; } = long.MinValue;

    /// <summary>Whether nothing has come for a while, so that the way does not hold back others.</summary>
    public bool IsIdle { get; set; }

    /// <summary>Moves the watermark forward; it never falls.</summary>
    public bool Raise(long watermark)
    {
        if (watermark <= Watermark) return false;
        Watermark = watermark;
        return true;
    }
}
