namespace Flowgen.Log;

/// <summary>Lets one thread at a time use a consumer, and any thread close it: what is in use is closed by its user, when it has done.</summary>
internal sealed class ConsumerGuard : IDisposable
{
    private readonly Action _close;
    private readonly CancellationTokenSource _closing = new();
    private int _user; // id of the thread; 0 for nobody
    private int _depth;
    private int _isClosing; // nobody may begin to use it
    private int _mayClose; // the waits are ended, so that the last user can close it
    private bool _isClosed;

    public ConsumerGuard(Action close)
    {
        _close = close;
        Closing = _closing.Token; // the token outlives its source
    }

    /// <summary>Ends waits when the consumer is closed.</summary>
    public CancellationToken Closing { get; }

    public bool IsClosing => Volatile.Read(ref _isClosing) != 0;

    public void Enter()
    {
        if (!TryEnter())
        {
            ObjectDisposedException.ThrowIf(IsClosing, typeof(Consumer)); // the other thread is closing it
            throw new InvalidOperationException("Two threads use the consumer at the same time. Give each thread a consumer of its own; only Dispose may be called from anywhere.");
        }

        if (!IsClosing || _depth > 1)
            return;
        Exit();
        throw new ObjectDisposedException(typeof(Consumer).FullName);
    }

    public void Exit()
    {
        if (--_depth > 0)
            return;
        Interlocked.Exchange(ref _user, 0);
        if (Volatile.Read(ref _mayClose) != 0)
            CloseIfUnused();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosing, 1) != 0)
            return;
        _closing.Cancel();
        Interlocked.Exchange(ref _mayClose, 1); // a user who leaves sees it, or is not there any more for CloseIfUnused
        CloseIfUnused();
    }

    private bool TryEnter()
    {
        int thread = Environment.CurrentManagedThreadId;
        if (Volatile.Read(ref _user) != thread && Interlocked.CompareExchange(ref _user, thread, 0) != 0)
            return false;
        _depth++;
        return true;
    }

    // Whoever comes later finds it closed.
    private void CloseIfUnused()
    {
        int thread = Environment.CurrentManagedThreadId;
        if (Interlocked.CompareExchange(ref _user, thread, 0) != 0)
            return;
        _depth++;
        try
        {
            if (!_isClosed)
            {
                _isClosed = true;
                _close();
                _closing.Dispose();
            }
        }
        finally
        {
            _depth--;
            Interlocked.Exchange(ref _user, 0);
        }
    }
}
