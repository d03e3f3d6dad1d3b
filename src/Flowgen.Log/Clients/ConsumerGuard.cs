namespace Flowgen.Log;

/// <summary>Lets one thread at a time use a consumer, and any thread close it: what is in use is closed by its user, when it has done.</summary>
internal sealed class ConsumerGuard(Action close) : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private int _user; // id of the thread; 0 for nobody
    private int _depth;
    private int _isClosing;
    private bool _isClosed;

    /// <summary>Ends waits when the consumer is closed.</summary>
    public CancellationToken Closing => _isClosing != 0 ? new CancellationToken(canceled: true) : _closing.Token;

    public bool IsClosing => Volatile.Read(ref _isClosing) != 0;

    public void Enter()
    {
        if (!TryEnter())
            throw new InvalidOperationException("Two threads use the consumer at the same time. Give each thread a consumer of its own; only Dispose may be called from anywhere.");
        if (!IsClosing || _depth > 1)
            return;
        Exit();
        throw new ObjectDisposedException(nameof(Consumer));
    }

    public void Exit()
    {
        if (--_depth > 0)
            return;
        Interlocked.Exchange(ref _user, 0);
        if (IsClosing)
            CloseIfUnused();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosing, 1) != 0)
            return;
        _closing.Cancel();
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
                close();
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
