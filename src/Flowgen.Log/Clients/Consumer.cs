using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Flowgen.Log;

/// <summary>
/// Reads records of partitions: those it is assigned, or its share of the topics it subscribes to within a group. Committed offsets of the
/// group say where it goes on. One thread at a time uses it; <see cref="Dispose"/> may be called from any, and ends a wait.
/// </summary>
public sealed partial class Consumer : IDisposable
{
    private readonly FlowLog _log;
    private readonly ConsumerOptions _options;
    private readonly ConsumerGuard _guard;
    private readonly List<ConsumerPartition> _partitions = [];
    private int _turn;

    internal Consumer(FlowLog log, ConsumerOptions options)
    {
        options.Validate();
        _log = log;
        _options = options;
        _guard = new ConsumerGuard(Close);
    }

    /// <summary>Takes the next record, if there is one.</summary>
    /// <param name="record">The record.</param>
    /// <returns>Whether there is one now.</returns>
    /// <exception cref="NoOffsetForPartitionException">Nothing says where to start, and the options forbid to guess.</exception>
    /// <exception cref="OffsetOutOfRangeException">The records to go on with have been deleted, and the options forbid to skip.</exception>
    public bool TryConsume([NotNullWhen(true)] out ConsumedRecord? record)
    {
        _guard.Enter();
        try
        {
            StartPoll();
            return TryTake(out record);
        }
        finally
        {
            _guard.Exit();
        }
    }

    /// <summary>Takes the next batch as it is stored, if there is one, without copying.</summary>
    /// <param name="batch">The batch, from its <see cref="RecordBatch.FirstIndex"/> on; valid until the next call.</param>
    /// <returns>Whether there is one now.</returns>
    /// <inheritdoc cref="TryConsume" path="/exception"/>
    public bool TryConsumeBatch(out RecordBatch batch)
    {
        _guard.Enter();
        try
        {
            StartPoll();
            for (int tried = 0; tried < _partitions.Count; tried++)
            {
                var partition = _partitions[_turn];
                NextTurn();
                if (!partition.IsPaused && partition.TryTakeBatch(out batch))
                    return true;
            }

            batch = default;
            return false;
        }
        finally
        {
            _guard.Exit();
        }
    }

    /// <summary>Takes the next record, and waits for it if there is none.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The record.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    /// <exception cref="ObjectDisposedException">The consumer or the log was closed.</exception>
    /// <exception cref="LogPoisonedException">There is nothing to take, and nothing can be committed any more.</exception>
    /// <inheritdoc cref="TryConsume" path="/exception"/>
    public async ValueTask<ConsumedRecord> ConsumeAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long version = _log.CommitVersion;
            if (TryConsume(out var record))
                return record;
            await WaitAsync(version, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the next record, and blocks until there is one.</summary>
    /// <param name="timeout">How long to wait at most.</param>
    /// <returns>The record, or null if none came in time.</returns>
    /// <inheritdoc cref="TryConsume" path="/exception"/>
    public ConsumedRecord? Consume(TimeSpan timeout) =>
        TryConsume(out var record) ? record : InTime(timeout, end => ConsumeAsync(end), null);

    /// <summary>Takes records, as many as there are now up to <see cref="ConsumerOptions.MaxPollRecords"/> and <see cref="ConsumerOptions.FetchMaxBytes"/>, and blocks until there is one.</summary>
    /// <param name="timeout">How long to wait at most.</param>
    /// <returns>The records, in the order of each partition; none if none came in time.</returns>
    /// <inheritdoc cref="TryConsume" path="/exception"/>
    public IReadOnlyList<ConsumedRecord> Poll(TimeSpan timeout) =>
        TakeSome() is { Count: > 0 } records ? records : InTime(timeout, end => PollAsync(end), [])!;

    /// <summary>Takes records, as many as there are now up to <see cref="ConsumerOptions.MaxPollRecords"/> and <see cref="ConsumerOptions.FetchMaxBytes"/>, and waits until there is one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The records, in the order of each partition; at least one.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    /// <exception cref="ObjectDisposedException">The consumer or the log was closed.</exception>
    /// <exception cref="LogPoisonedException">There is nothing to take, and nothing can be committed any more.</exception>
    /// <inheritdoc cref="TryConsume" path="/exception"/>
    public async ValueTask<IReadOnlyList<ConsumedRecord>> PollAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long version = _log.CommitVersion;
            if (TakeSome() is { Count: > 0 } records)
                return records;
            await WaitAsync(version, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes records for ever, waiting at the end for new ones.</summary>
    /// <param name="cancellationToken">Ends the sequence with an exception.</param>
    /// <returns>The records.</returns>
    public async IAsyncEnumerable<ConsumedRecord> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
            yield return await ConsumeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Leaves the group, with a chance to commit in <see cref="ConsumerOptions.PartitionsRevoked"/>, and closes the consumer. Commits nothing by itself.</summary>
    public void Dispose() => _guard.Dispose();

    private List<ConsumedRecord> TakeSome()
    {
        _guard.Enter();
        try
        {
            StartPoll(); // once: what is in the list must reach the caller before partitions are revoked
            var records = new List<ConsumedRecord>();
            Take(records);
            return records;
        }
        finally
        {
            _guard.Exit();
        }
    }

    private void Take(List<ConsumedRecord> to)
    {
        try
        {
            for (long bytes = 0; to.Count < _options.MaxPollRecords && bytes < _options.FetchMaxBytes && TryTake(out var record);)
            {
                to.Add(record);
                bytes += record.SizeInBytes;
            }
        }
        catch (Exception) when (to.Count > 0)
        {
            // The positions are behind these records already. The partition that has failed is the first one that the next poll reads.
        }
    }

    private bool TryTake([NotNullWhen(true)] out ConsumedRecord? record)
    {
        for (int tried = 0; tried < _partitions.Count; tried++)
        {
            var partition = _partitions[_turn];
            if (!partition.IsPaused && partition.TryTake(out var batch, out int index))
            {
                record = ConsumedRecord.From(batch, index);
                if (!partition.IsInBatch)
                    NextTurn();
                return true;
            }

            NextTurn();
        }

        record = null;
        return false;
    }

    // Costs nothing until something is committed or the group changes.
    private async ValueTask WaitAsync(long version, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _guard.Closing);
        var member = _member;
        if (member is not null)
            _log.Groups.Wait(member, isWaiting: true);
        try
        {
            await _log.WaitForCommitAsync(version, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // who goes on is not inside Dispose, and may wait for its end
            throw new ObjectDisposedException(nameof(Consumer));
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested(); // with the token of the caller
        }
        finally
        {
            if (member is not null)
                _log.Groups.Wait(member, isWaiting: false);
        }
    }

    private T? InTime<T>(TimeSpan timeout, Func<CancellationToken, ValueTask<T>> consume, T? otherwise)
    {
        using var end = new CancellationTokenSource(timeout, _log.Options.TimeProvider);
        try
        {
            return consume(end.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return otherwise;
        }
    }

    private void NextTurn() => _turn = _turn + 1 < _partitions.Count ? _turn + 1 : 0;
}
