namespace Flowgen.Log;

/// <summary>Conversion of stored times to Unix milliseconds. Rounds towards the past, so that times before 1970 keep their order.</summary>
public static class LogTime
{
    /// <summary>A stored time in Unix milliseconds.</summary>
    /// <param name="value">The stored time.</param>
    /// <param name="unit">Its unit.</param>
    /// <returns>Unix milliseconds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    public static long ToUnixMilliseconds(long value, LogTimeUnit unit) => unit switch
    {
        LogTimeUnit.Milliseconds => value,
        LogTimeUnit.Seconds => value * 1_000,
        LogTimeUnit.Microseconds => Floor(value, 1_000),
        LogTimeUnit.Nanoseconds => Floor(value, 1_000_000),
        LogTimeUnit.Ticks => Floor(value - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMillisecond),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "There is no such unit of time."),
    };

    private static long Floor(long value, long divisor)
    {
        long quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }
}
