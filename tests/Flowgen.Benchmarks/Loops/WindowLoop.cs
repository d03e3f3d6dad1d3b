namespace Flowgen.Benchmarks.Loops;

/// <summary>Ten-second windows by hand: the open panes in the order of their starts, the newest at hand.</summary>
/// <typeparam name="TPane">What a window holds.</typeparam>
public abstract class WindowLoop<TPane> : BidLoop
    where TPane : class, new()
{
    private protected const long Size = 10_000;

    private readonly SortedList<long, TPane> _open = [];
    private readonly Stack<TPane> _free = [];
    private long _closedUntil = long.MinValue;

    private protected long Start { get; private set; } = long.MinValue / 2;

    private protected TPane Pane { get; private set; } = new();

    /// <summary>Makes the window of a time the current one; false if it is closed.</summary>
    private protected bool Turn(long time)
    {
        long start = time - time % Size;
        if (start + Size <= _closedUntil) return false;
        if (!_open.TryGetValue(start, out TPane? pane))
            _open.Add(start, pane = _free.TryPop(out TPane? free) ? free : new TPane());
        (Start, Pane) = (start, pane);
        return true;
    }

    private protected void Close(long watermark)
    {
        _closedUntil = watermark;
        while (_open.Count > 0 && _open.Keys[0] + Size <= watermark)
        {
            (long start, TPane pane) = (_open.Keys[0], _open.Values[0]);
            Emit(start, pane);
            _open.RemoveAt(0);
            _free.Push(pane);
            if (start == Start) Start = long.MinValue / 2;
        }
    }

    /// <summary>Writes the results of a window and empties it.</summary>
    private protected abstract void Emit(long start, TPane pane);
}
