using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>A producer that encodes into the batches of the next commit while one is on its way.</summary>
internal sealed class GroupProducer<TRecord, TCodec>(FlowLog log, string topic, TimeProvider time) : Producer<TRecord>
    where TCodec : struct, IRecordCodec<TRecord>
{
    private const int MaxWaiting = 8192;

    private readonly object _gate = new(); // a monitor: senders wait on it for room
    private TopicWriter<TRecord, TCodec> _next = new(log, topic, time);
    private TopicWriter<TRecord, TCodec> _spare = new(log, topic, time);
    private TaskCompletionSource _committed = NewCommit();
    private Task _committing = Task.CompletedTask;
    private bool _isCommitting;
    private bool _disposed;

    public override string Topic => topic;

    public override Task SendAsync(in TRecord record)
    {
        lock (_gate)
        {
            while (_next.Count >= MaxWaiting && !_disposed) Monitor.Wait(_gate);
            ObjectDisposedException.ThrowIf(_disposed, this);
            _next.Add(in record);
            if (!_isCommitting)
            {
                _isCommitting = true;
                _committing = Task.Run(CommitAsync);
            }

            return _committed.Task;
        }
    }

    public override Task FlushAsync()
    {
        lock (_gate) return _next.Count > 0 ? _committed.Task : _committing;
    }

    public override async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
        }

        await _committing.ConfigureAwait(false);
    }

    private static TaskCompletionSource NewCommit() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task CommitAsync()
    {
        while (true)
        {
            TopicWriter<TRecord, TCodec> records;
            TaskCompletionSource committed;
            lock (_gate)
            {
                if (_next.Count == 0)
                {
                    _isCommitting = false;
                    return;
                }

                (records, _next) = (_next, _spare);
                (committed, _committed) = (_committed, NewCommit());
                Monitor.PulseAll(_gate);
            }

            _spare = await TryCommitAsync(records, committed).ConfigureAwait(false) ? records : new TopicWriter<TRecord, TCodec>(log, topic, time);
        }
    }

    /// <returns>Whether the writer is empty again; one that could not be committed keeps its records, which their senders know.</returns>
    private static async Task<bool> TryCommitAsync(TopicWriter<TRecord, TCodec> records, TaskCompletionSource committed)
    {
        try
        {
            await records.CommitAsync().ConfigureAwait(false);
            committed.SetResult();
            return true;
        }
#pragma warning disable CA1031 // Whatever made the commit fail is given to those who sent the records.
        catch (Exception e)
#pragma warning restore CA1031
        {
            committed.SetException(e);
            return false;
        }
    }
}
