using System.Runtime.CompilerServices;

namespace Flowgen.Log;

/// <summary>
/// Reads records of partitions: those it is assigned, or its share of the topics it subscribes to within a group. Committed offsets of the
/// group say where it goes on. Not thread-safe.
/// </summary>
public sealed class Consumer : IDisposable
{
    private readonly FlowLog _log;
    private readonly ConsumerOptions _options;
    private readonly List<ConsumerPartition> _partitions = [];
    private bool _subscribed;
    private int _generation;
    private int _turn;
    private bool _disposed;

    internal Consumer(FlowLog log, ConsumerOptions options)
    {
        if (options.Group is not null)
            LogName.Validate("group", options.Group);
        _log = log;
        _options = options;
    }

    /// <summary>The partitions that the consumer reads now.</summary>
    public IReadOnlyList<TopicPartition> Assignment
    {
        get
        {
            Refresh();
            return [.. _partitions.Select(p => p.Id)];
        }
    }

    /// <summary>Reads these partitions, from the committed offset of the group, if there is one.</summary>
    /// <param name="partitions">The partitions.</param>
    /// <exception cref="UnknownTopicException">There is no such topic or partition.</exception>
    public void Assign(params IEnumerable<TopicPartition> partitions)
    {
        Unsubscribe();
        Take([.. partitions.Distinct()]);
    }

    /// <summary>Reads the topics, sharing their partitions with the other consumers of the group.</summary>
    /// <param name="topics">The topics.</param>
    /// <exception cref="InvalidOperationException">The consumer has no group.</exception>
    /// <exception cref="UnknownTopicException">There is no such topic.</exception>
    public void Subscribe(params IEnumerable<string> topics)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        string group = Group("subscribe");
        string[] names = [.. topics];
        foreach (string name in names)
            _log.DescribeTopic(name);
        Unsubscribe();
        _log.Groups.Join(group, this, names);
        _subscribed = true;
        _generation = -1;
        Refresh();
    }

    /// <summary>Offset of the next record of a partition.</summary>
    /// <param name="partition">The partition.</param>
    /// <returns>The offset.</returns>
    public long Position(TopicPartition partition) => Find(partition).Position;

    /// <summary>Goes to an offset of a partition.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">The offset.</param>
    /// <exception cref="OffsetOutOfRangeException">The partition does not reach from or to there.</exception>
    public void Seek(TopicPartition partition, long offset) => Find(partition).Seek(offset);

    /// <summary>Goes to the first record of each partition.</summary>
    public void SeekToBeginning() => SeekAll(p => _log.DescribePartition(p.Topic, p.Partition).FirstOffset);

    /// <summary>Goes behind the last record of each partition.</summary>
    public void SeekToEnd() => SeekAll(p => _log.DescribePartition(p.Topic, p.Partition).NextOffset);

    /// <summary>Goes to the first record at or behind a time in each partition.</summary>
    /// <param name="time">The time.</param>
    public void SeekToTime(DateTimeOffset time) => SeekAll(p => _log.FindOffset(p.Topic, p.Partition, time.ToUnixTimeMilliseconds()));

    /// <summary>Takes the next record, if there is one.</summary>
    /// <param name="record">The record.</param>
    /// <returns>Whether there is one now.</returns>
    public bool TryConsume([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ConsumedRecord? record)
    {
        Refresh();
        for (int tried = 0; tried < _partitions.Count; tried++)
        {
            if (_partitions[_turn].TryTake(out var batch, out int index))
            {
                record = ConsumedRecord.From(batch, index);
                if (index == batch.Count - 1)
                    NextTurn();
                return true;
            }

            NextTurn();
        }

        record = null;
        return false;
    }

    /// <summary>Takes the next batch, if there is one, without copying.</summary>
    /// <param name="batch">The batch, from its <see cref="RecordBatch.FirstIndex"/> on; valid until the next call.</param>
    /// <returns>Whether there is one now.</returns>
    public bool TryConsumeBatch(out RecordBatch batch)
    {
        Refresh();
        for (int tried = 0; tried < _partitions.Count; tried++)
        {
            var partition = _partitions[_turn];
            NextTurn();
            if (partition.TryTakeBatch(out batch))
                return true;
        }

        batch = default;
        return false;
    }

    /// <summary>Takes the next record, and waits for it if there is none.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The record.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async ValueTask<ConsumedRecord> ConsumeAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            long version = _log.CommitVersion;
            if (TryConsume(out var record))
                return record;
            await _log.WaitForCommitAsync(version, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the next record, and blocks until there is one.</summary>
    /// <param name="timeout">How long to wait at most.</param>
    /// <returns>The record, or null if none came in time.</returns>
    public ConsumedRecord? Consume(TimeSpan timeout)
    {
        using var end = new CancellationTokenSource(timeout, _log.Options.TimeProvider);
        try
        {
            return ConsumeAsync(end.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return null;
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

    /// <summary>Commits the position of each partition for the group: what was taken will not come again.</summary>
    /// <returns>A task that ends when the offsets are committed.</returns>
    /// <exception cref="InvalidOperationException">The consumer has no group.</exception>
    public async ValueTask CommitAsync()
    {
        string group = Group("commit");
        Refresh();
        using var transaction = _log.BeginTransaction();
        foreach (var partition in _partitions)
        {
            if (_log.GetCommitted(group, partition.Id.Topic, partition.Id.Partition)?.Offset != partition.Position)
                transaction.SetOffset(group, partition.Id.Topic, partition.Id.Partition, partition.Position);
        }

        await transaction.CommitAsync().ConfigureAwait(false);
    }

    /// <inheritdoc cref="CommitAsync"/>
    public void Commit() => CommitAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Leaves the group and closes the consumer. Commits nothing.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        Unsubscribe();
        _disposed = true;
    }

    private void Unsubscribe()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_subscribed)
            _log.Groups.Leave(_options.Group!, this);
        _subscribed = false;
        Take([]);
    }

    // A consumer that joined or left the group has changed this one's share.
    private void Refresh()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_subscribed && _generation != _log.Groups.Generation)
            Take(_log.Groups.Assignment(_options.Group!, this, out _generation));
    }

    private void Take(List<TopicPartition> wanted)
    {
        foreach (var lost in _partitions.Where(p => !wanted.Contains(p.Id)))
            lost.Dispose();
        _partitions.RemoveAll(p => !wanted.Contains(p.Id));
        foreach (var gained in wanted.Where(w => !_partitions.Exists(p => p.Id == w)))
            _partitions.Add(new ConsumerPartition(_log.OpenReader(gained.Topic, gained.Partition, StartOf(gained))));
        _turn = 0;
    }

    private long StartOf(TopicPartition partition)
    {
        var description = _log.DescribePartition(partition.Topic, partition.Partition);
        var committed = _options.Group is null ? null : _log.GetCommitted(_options.Group, partition.Topic, partition.Partition);
        if (committed is { } offset)
            return Math.Clamp(offset.Offset, description.FirstOffset, description.NextOffset);
        return _options.StartAt == StartAt.Beginning ? description.FirstOffset : description.NextOffset;
    }

    private void SeekAll(Func<TopicPartition, long> offset)
    {
        Refresh();
        foreach (var partition in _partitions)
            partition.Seek(offset(partition.Id));
    }

    private ConsumerPartition Find(TopicPartition partition)
    {
        Refresh();
        return _partitions.Find(p => p.Id == partition)
            ?? throw new InvalidOperationException($"The consumer does not read {partition}. Assign it, or subscribe to its topic.");
    }

    private string Group(string action) =>
        _options.Group ?? throw new InvalidOperationException($"A consumer without group cannot {action}. Name a group in its options.");

    private void NextTurn() => _turn = _turn + 1 < _partitions.Count ? _turn + 1 : 0;
}
