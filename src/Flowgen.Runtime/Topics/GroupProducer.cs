using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>A producer that encodes into the batches of the next commit while one is on its way. What the disk refuses is committed again, before
/// anything that was sent later, until <see cref="DeliveryTimeout"/>. Records for which there is no room wait as they are, in the order in which they came.</summary>
internal sealed class GroupProducer<TRecord, TCodec>(FlowLog log, string topic, TimeProvider time) : Producer<TRecord>
    where TCodec : struct, IRecordCodec<TRecord>
{
    private const long MaxWaitingBytes = 8 << 20;
    private static readonly TimeSpan DeliveryTimeout = new ProducerOptions().DeliveryTimeout;
    private static readonly TimeSpan RetryBackoff = new ProducerOptions().RetryBackoff;

    private readonly Lock _gate = new();
    private readonly Queue<(TRecord Record, TaskCompletionSource<Task> Taken)> _waiting = [];
    private TopicWriter<TRecord, TCodec> _next = new(log, topic, time);
    private TopicWriter<TRecord, TCodec> _spare = new(log, topic, time);
    private TaskCompletionSource _committed = NewCommit();
    private Task _committing = Task.CompletedTask;
    private Task _lastSent = Task.CompletedTask;
    private Exception? _failure;
    private bool _isCommitting;
    private bool _disposed;

    public override string Topic => topic;

    private bool HasRoom => _next.SizeInBytes < MaxWaitingBytes;

    public override Task SendAsync(in TRecord record)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_waiting.Count > 0 || !HasRoom) return _lastSent = WaitForRoom(in record);
            _next.Add(in record); // refuses by itself what cannot be written: the others go on
            _lastSent = _committed.Task;
            if (_isCommitting) return _lastSent;
            _isCommitting = true;
            _committing = Task.Run(CommitAllAsync);
            return _lastSent;
        }
    }

    public override async Task FlushAsync()
    {
        Task last;
        lock (_gate) last = _lastSent;
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Exception? failure;
        lock (_gate) (failure, _failure) = (_failure, null);
        if (failure is not null) throw new FlowLogException($"Records that were sent to '{topic}' have not been committed: {failure.Message}", failure);
    }

    public override async ValueTask DisposeAsync()
    {
        Task committing;
        lock (_gate)
        {
            _disposed = true;
            committing = _committing;
        }

        await committing.ConfigureAwait(false);
    }

    private static TaskCompletionSource NewCommit() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task WaitForRoom(in TRecord record)
    {
        TaskCompletionSource<Task> taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue((TCodec.Own(in record), taken));
        return taken.Task.Unwrap();
    }

    private async Task CommitAllAsync()
    {
        while (true)
        {
            TopicWriter<TRecord, TCodec> records;
            TaskCompletionSource committed;
            lock (_gate)
            {
                if (_next.Count == 0)
                {
                    _isCommitting = false; // nobody waits: who waits is let in below, into a writer without records
                    return;
                }

                (records, _next) = (_next, _spare);
                (committed, _committed) = (_committed, NewCommit());
                LetIn();
            }

            _spare = await TryCommitAsync(records, committed).ConfigureAwait(false) ? records : Renew(records);
        }
    }

    /// <summary>Takes those who wait, as far as there is room.</summary>
    private void LetIn()
    {
        while (HasRoom && _waiting.TryDequeue(out (TRecord Record, TaskCompletionSource<Task> Taken) first))
        {
            try
            {
                _next.Add(in first.Record);
                first.Taken.SetResult(_committed.Task);
            }
#pragma warning disable CA1031 // Whatever the record is refused for is given to its sender.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _failure ??= e;
                first.Taken.SetException(e);
            }
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
            lock (_gate) _failure ??= e;
            committed.SetException(e);
            return false;
        }
    }

    /// <summary>A writer without records. A topic that was created again needs another one; while there is none, the old one says so.</summary>
    private TopicWriter<TRecord, TCodec> Renew(TopicWriter<TRecord, TCodec> failed)
    {
        try
        {
            return new TopicWriter<TRecord, TCodec>(log, topic, time);
        }
#pragma warning disable CA1031 // The senders of the records have been told what failed; the next commit of the old writer fails with the reason of its own.
        catch (Exception)
#pragma warning restore CA1031
        {
            failed.Clear();
            return failed;
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
