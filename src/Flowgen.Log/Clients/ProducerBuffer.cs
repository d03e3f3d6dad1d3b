namespace Flowgen.Log;

/// <summary>The bound of what a producer keeps in memory, and those who wait for room, who get it in the order in which they came. Guarded by the gate of the producer.</summary>
internal sealed class ProducerBuffer(object gate, long capacity, TimeSpan maxBlock, TimeProvider time)
{
    private readonly LinkedList<Waiter> _waiters = [];
    private long _used;
    private bool _isGranting;

    /// <summary>Takes room if there is some and nobody waits for it. One record always fits.</summary>
    public bool TryTake(long bytes)
    {
        if (_waiters.Count > 0 || !Fits(bytes))
            return false;
        _used += bytes;
        return true;
    }

    /// <summary>Takes room without asking.</summary>
    public void Take(long bytes) => _used += bytes;

    /// <summary>Waits for room.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="append">Uses the room, as soon as it is taken and before anybody else gets some; null if the caller does.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that has taken the room when it ends with success, or when <paramref name="append"/> has failed.</returns>
    public Task<SendResult> WaitAsync(long bytes, Func<SendResult>? append, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(bytes, append);
        var node = _waiters.AddLast(waiter);
        waiter.Timeout = time.CreateTimer(_ => GiveUp(node, Exhausted()), null, maxBlock, Timeout.InfiniteTimeSpan);
        waiter.Cancellation = cancellationToken.Register(() => GiveUp(node, new OperationCanceledException(cancellationToken)));
        return waiter.Granted;
    }

    /// <summary>Gives room back. <see cref="Grant"/> it when nothing else is to be changed.</summary>
    public void Free(long bytes) => _used -= bytes;

    /// <summary>Gives the room that there is to those who wait. What they append may free room again: then it goes on.</summary>
    public void Grant()
    {
        if (_isGranting)
            return;
        _isGranting = true;
        while (_waiters.First is { } first && Fits(first.Value.Bytes))
        {
            _waiters.RemoveFirst();
            _used += first.Value.Bytes;
            first.Value.Grant();
        }

        _isGranting = false;
        Monitor.PulseAll(gate);
    }

    /// <summary>Nobody gets room any more.</summary>
    public void Close(Exception cause)
    {
        while (_waiters.First is { } first)
        {
            _waiters.RemoveFirst();
            first.Value.Fail(cause);
        }

        Monitor.PulseAll(gate);
    }

    private bool Fits(long bytes) => _used == 0 || _used + bytes <= capacity;

    private BufferExhaustedException Exhausted() =>
        new($"The {capacity} bytes of the producer's buffer stayed full for {maxBlock}; the record was not sent. The log commits more slowly than records are sent: send less, or set a larger {nameof(ProducerOptions.BufferBytes)} or {nameof(ProducerOptions.MaxBlock)}.");

    private void GiveUp(LinkedListNode<Waiter> node, Exception cause)
    {
        lock (gate)
        {
            if (node.List is null)
                return;
            _waiters.Remove(node);
            node.Value.Fail(cause);
            Grant(); // smaller ones behind it may fit
        }
    }

    private sealed class Waiter(long bytes, Func<SendResult>? append)
    {
        private readonly TaskCompletionSource<SendResult> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Bytes => bytes;

        public Task<SendResult> Granted => _granted.Task;

        public ITimer? Timeout { get; set; }

        public CancellationTokenRegistration Cancellation { get; set; }

        public void Grant()
        {
            try
            {
                _granted.TrySetResult(append?.Invoke() ?? default);
                StopClocks();
            }
#pragma warning disable CA1031 // Who waits gets it; this is the thread of somebody else.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Fail(e);
            }
        }

        public void Fail(Exception cause)
        {
            if (cause is OperationCanceledException cancelled)
                _granted.TrySetCanceled(cancelled.CancellationToken);
            else
                _granted.TrySetException(cause);
            StopClocks();
        }

        private void StopClocks()
        {
            Timeout?.Dispose();
            Cancellation.Unregister();
        }
    }
}
