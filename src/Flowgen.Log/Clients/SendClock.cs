namespace Flowgen.Log;

/// <summary>
/// The time of records that bring none. Reading the clock costs a quarter of a send, so records that are sent right behind each other share a
/// reading: at most <see cref="RecordsPerReading"/> of them, and only until the system's timer ticks, some milliseconds later. Not thread-safe.
/// </summary>
/// <param name="time">The clock of the log. One that is not the system's is read each time: it does not tick with the timer.</param>
internal sealed class SendClock(TimeProvider time)
{
    private const int RecordsPerReading = 8;

    private readonly bool _isOfTheSystem = ReferenceEquals(time, TimeProvider.System);
    private long _tick = -1;
    private long _reading;
    private int _left;

    /// <returns>Unix milliseconds.</returns>
    public long Now()
    {
        long tick = _isOfTheSystem ? Environment.TickCount64 : -1; // before the clock: a reading belongs to this tick or a later one
        if (tick < 0 || tick != _tick || _left == 0)
            (_tick, _left, _reading) = (tick, RecordsPerReading, time.GetUtcNow().ToUnixTimeMilliseconds());
        _left--;
        return _reading;
    }
}
