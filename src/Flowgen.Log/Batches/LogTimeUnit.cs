namespace Flowgen.Log;

/// <summary>What one step of a stored time is. Times count from 1970-01-01T00:00:00Z, except <see cref="Ticks"/>.</summary>
public enum LogTimeUnit : byte
{
    /// <summary>Unix time in milliseconds.</summary>
    Milliseconds = 0,

    /// <summary>Unix time in seconds.</summary>
    Seconds = 1,

    /// <summary>Unix time in microseconds.</summary>
    Microseconds = 2,

    /// <summary>Unix time in nanoseconds.</summary>
    Nanoseconds = 3,

    /// <summary>Steps of 100 ns since 0001-01-01T00:00:00Z, as <see cref="DateTime.Ticks"/> counts them.</summary>
    Ticks = 4,
}
