namespace Flowgen.Log.Cleaning;

/// <summary>
/// Holds work in the background to a number of bytes per second, read and written together, so that it leaves the disk to appends and reads.
/// A token bucket that holds a tenth of a second.
/// </summary>
internal sealed class IoBudget
{
    private readonly TimeProvider _time;
    private readonly double _bytesPerSecond;
    private double _available;
    private long _filledAt;

    /// <param name="time">The clock.</param>
    /// <param name="bytesPerSecond">The bound; <see cref="long.MaxValue"/> for none.</param>
    public IoBudget(TimeProvider time, long bytesPerSecond)
    {
        _time = time;
        _bytesPerSecond = bytesPerSecond;
        _filledAt = time.GetTimestamp();
    }

    /// <summary>Waits until so many bytes may be read or written. Call it before or after each piece, from one thread at a time.</summary>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public void Spend(long bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Fill();
        _available -= bytes;
        if (_available < 0)
            Task.Delay(TimeSpan.FromSeconds(-_available / _bytesPerSecond), _time, cancellationToken).GetAwaiter().GetResult();
    }

    private void Fill()
    {
        long now = _time.GetTimestamp();
        double filled = _time.GetElapsedTime(_filledAt, now).TotalSeconds * _bytesPerSecond;
        _available = Math.Min(_available + filled, _bytesPerSecond / 10);
        _filledAt = now;
    }
}
