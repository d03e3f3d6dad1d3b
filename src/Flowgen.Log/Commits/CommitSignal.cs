namespace Flowgen.Log.Commits;

/// <summary>Counts commits and wakes those who wait for the next one.</summary>
internal sealed class CommitSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _next;
    private Exception? _failure;
    private long _version;

    public long Version => Volatile.Read(ref _version);

    public void Publish()
    {
        TaskCompletionSource? waiters;
        lock (_gate)
        {
            _version++;
            waiters = _next;
            _next = null;
        }

        waiters?.SetResult();
    }

    /// <summary>There will be no further commits to see: everybody who waits, now or later, gets the cause.</summary>
    public void Fail(Exception cause)
    {
        TaskCompletionSource? waiters;
        lock (_gate)
        {
            _failure = cause;
            waiters = _next;
            _next = null;
        }

        waiters?.SetException(cause);
    }

    public Task WaitAsync(long afterVersion, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_version > afterVersion)
                return Task.CompletedTask;
            if (_failure is not null)
                return Task.FromException(_failure);
            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _next.Task.WaitAsync(cancellationToken);
        }
    }
}
