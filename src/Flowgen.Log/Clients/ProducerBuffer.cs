namespace Flowgen.Log;

/// <summary>The bound of what a producer keeps in memory, and those who wait for room, who get it in the order in which they came. Guarded by the gate of the producer.</summary>
internal sealed class ProducerBuffer(object gate, long capacity, TimeSpan maxBlock, TimeProvider time)
{
    private readonly LinkedList<Waiter> _waiters = [];
    private long _used;

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

    /// <summary>Waits for room. The task has taken it when it ends with success.</summary>
    public Task WaitAsync(long bytes, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(bytes);
        var node = _waiters.AddLast(waiter);
        waiter.Timeout = time.CreateTimer(_ => GiveUp(node, Exhausted()), null, maxBlock, Timeout.InfiniteTimeSpan);
        waiter.Cancellation = cancellationToken.Register(() => GiveUp(node, new OperationCanceledException(cancellationToken)));
        return waiter.Granted.Task;
    }

    /// <summary>Gives room back, and to those who wait.</summary>
    public void Free(long bytes)
    {
        _used -= bytes;
        while (_waiters.First is { } first && Fits(first.Value.Bytes))
        {
            _waiters.RemoveFirst();
            _used += first.Value.Bytes;
            first.Value.End(null);
        }

        Monitor.PulseAll(gate);
    }

    /// <summary>Nobody gets room any more.</summary>
    public void Close(Exception cause)
    {
        while (_waiters.First is { } first)
        {
            _waiters.RemoveFirst();
            first.Value.End(cause);
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
            node.Value.End(cause);
            Monitor.PulseAll(gate);
        }
    }

    private sealed class Waiter(long bytes)
    {
        public long Bytes => bytes;

        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ITimer? Timeout { get; set; }

        public CancellationTokenRegistration Cancellation { get; set; }

        public void End(Exception? cause)
        {
            if (cause is null)
                Granted.TrySetResult();
            else if (cause is OperationCanceledException cancelled)
                Granted.TrySetCanceled(cancelled.CancellationToken);
            else
                Granted.TrySetException(cause);
            Timeout?.Dispose();
            Cancellation.Unregister();
        }
    }
}
