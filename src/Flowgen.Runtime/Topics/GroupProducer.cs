using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>A producer that encodes into the batches of the next commit while one is on its way. What the disk refuses is committed again, before
/// anything that was sent later, until <see cref="DeliveryTimeout"/>.</summary>
internal sealed class GroupProducer<TRecord, TCodec>(FlowLog log, string topic, TimeProvider time) : Producer<TRecord>
    where TCodec : struct, IRecordCodec<TRecord>
{
    private const long MaxWaitingBytes = 8 << 20;
    private static readonly TimeSpan DeliveryTimeout = new ProducerOptions().DeliveryTimeout;
    private static readonly TimeSpan RetryBackoff = new ProducerOptions().RetryBackoff;

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
            while (_next.SizeInBytes >= MaxWaitingBytes && !_disposed) Monitor.Wait(_gate);
            ObjectDisposedException.ThrowIf(_disposed, this);
            _next.Add(in record); // refuses by itself what cannot be written: the others go on
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
        Task committing;
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
            committing = _committing;
        }

        await committing.ConfigureAwait(false);
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
    private async Task<bool> TryCommitAsync(TopicWriter<TRecord, TCodec> records, TaskCompletionSource committed)
    {
        try
        {
            await CommitInTimeAsync(records).ConfigureAwait(false);
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

    private async Task CommitInTimeAsync(TopicWriter<TRecord, TCodec> records)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            try
            {
                await records.CommitAsync().ConfigureAwait(false);
                return;
            }
            catch (LogWriteException e)
            {
                if (time.GetElapsedTime(start) >= DeliveryTimeout)
                    throw new DeliveryTimeoutException($"Records for '{topic}' could not be committed within {DeliveryTimeout}; they are not in the log. {e.Message}", e);
            }

            await Task.Delay(RetryBackoff, time).ConfigureAwait(false);
        }
    }
}
