namespace Flowgen.Log.Commits;

/// <summary>Counts commits and wakes those who wait for the next one.</summary>
internal sealed class CommitSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _next;
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

    public Task WaitAsync(long afterVersion, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_version > afterVersion)
                return Task.CompletedTask;
            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _next.Task.WaitAsync(cancellationToken);
        }
    }
}
