using System.Text;

namespace Flowgen.Log;

/// <summary>
/// Sends records: collects them into batches and commits the batches in the background, those that come together as one transaction.
/// Records of a partition keep the order in which they were sent. Thread-safe.
/// </summary>
public sealed class Producer : IDisposable, IAsyncDisposable
{
    private const int CommitBytes = 512 << 10; // a transaction is committed at this size, even if the linger is not over
    private const int RecordOverhead = 32; // timestamp, index entry and what the batch's header costs, for the bound of the buffer

    private readonly FlowLog _log;
    private readonly ProducerOptions _options;
    private readonly int _maxRecordBytes;
    private readonly ITimer _linger;
    private readonly object _gate = new(); // a monitor: Send waits on it for room
    private readonly Dictionary<string, ProducerTopic> _topics = new(StringComparer.Ordinal);
    private readonly List<ProducerPartition> _filling = [];
    private readonly List<ProducerPartition> _inTransaction = [];
    private readonly HashSet<Task> _commits = [];
    private ProducerTopic? _lastTopic;
    private LogTransaction? _transaction;
    private List<PendingBatch> _closed = [];
    private long _openBytes; // sent, not yet submitted
    private long _submittedBytes; // submitted, not yet committed
    private Exception? _failure;
    private bool _disposed;

    internal Producer(FlowLog log, ProducerOptions options)
    {
        options.Validate(log.Options.MaxBatchBytes);
        _log = log;
        _options = options;
        _maxRecordBytes = log.Options.MaxRecordBytes;
        _linger = log.Options.TimeProvider.CreateTimer(static producer => ((Producer)producer!).LingerIsOver(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sends a record with a key; its partition is that which Kafka's Java client chooses.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="timestamp">Time of the record in Unix milliseconds; null takes the clock of the log.</param>
    /// <returns>What becomes of the record.</returns>
    /// <exception cref="RecordTooLargeException">The record is larger than the log allows.</exception>
    /// <exception cref="UnknownTopicException">There is no such topic.</exception>
    public SendResult Send(string topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long? timestamp = null) =>
        Send(topic, null, key, true, value, false, timestamp, 0, []);

    /// <summary>Sends a record without key.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="value">The value.</param>
    /// <returns>What becomes of the record.</returns>
    /// <exception cref="RecordTooLargeException">The record is larger than the log allows.</exception>
    /// <exception cref="UnknownTopicException">There is no such topic.</exception>
    public SendResult Send(string topic, ReadOnlySpan<byte> value) => Send(topic, null, default, false, value, false, null, 0, []);

    /// <summary>Sends text, stored as UTF-8.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="key">The key; null for none.</param>
    /// <param name="value">The value.</param>
    /// <returns>What becomes of the record.</returns>
    public SendResult Send(string topic, string? key, string value) =>
        Send(topic, null, key is null ? default : Encoding.UTF8.GetBytes(key), key is not null, Encoding.UTF8.GetBytes(value), false, null, 0, []);

    /// <summary>Sends a record.</summary>
    /// <param name="record">The record.</param>
    /// <returns>What becomes of it.</returns>
    /// <exception cref="RecordTooLargeException">The record is larger than the log allows.</exception>
    /// <exception cref="UnknownTopicException">There is no such topic or partition.</exception>
    public SendResult Send(ProducerRecord record) => Send(
        record.Topic, record.Partition, record.Key.GetValueOrDefault().Span, record.Key.HasValue,
        record.Value.GetValueOrDefault().Span, !record.Value.HasValue, record.Timestamp, record.SchemaId, record.Headers);

    /// <summary>Commits everything that was sent.</summary>
    /// <returns>A task that ends when it is committed; it fails with the first failure since the last flush, also of records that nobody awaits.</returns>
    public async Task FlushAsync()
    {
        Task commits;
        lock (_gate)
        {
            CommitAll();
            commits = Task.WhenAll(_commits);
        }

        await commits.ConfigureAwait(false);
        lock (_gate)
        {
            if (_failure is not { } failure)
                return;
            _failure = null;
            throw new FlowLogException($"Records that were sent have not been committed: {failure.Message}", failure);
        }
    }

    /// <summary>Commits everything that was sent and waits for it.</summary>
    public void Flush() => FlushAsync().GetAwaiter().GetResult();

    /// <summary>Commits what was sent and closes the producer.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Commits what was sent and closes the producer.</summary>
    /// <returns>A task that ends when everything is committed.</returns>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            Monitor.PulseAll(_gate);
        }

        await _linger.DisposeAsync().ConfigureAwait(false);
        await FlushAsync().ConfigureAwait(false);
    }

    private SendResult Send(string topic, int? partition, ReadOnlySpan<byte> key, bool hasKey, ReadOnlySpan<byte> value, bool valueIsNull, long? timestamp, int schemaId, IReadOnlyList<RecordHeader> headers)
    {
        int size = SizeOf(key, value, headers);
        if (size > _maxRecordBytes)
            throw new RecordTooLargeException($"A record of {size} bytes for '{topic}' is too large: a record has at most {_maxRecordBytes} bytes. Send less, or open the log with a larger limit.");
        long time = timestamp ?? _log.Options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_gate)
        {
            WaitForRoom(size + RecordOverhead);
            var target = Topic(topic).Choose(partition, key, hasKey);
            if (!target.CanTake(schemaId))
                CloseBatch(target);
            if (target.Pending is null)
                StartFilling(target);
            var pending = target.Begin(schemaId);
            Add(target.Builder, time, key, hasKey, value, valueIsNull, headers);
            _openBytes += size + RecordOverhead;
            var result = new SendResult(pending, target.Builder.Count - 1);
            if (target.Builder.SizeInBytes >= _options.BatchBytes)
                CloseBatch(target);
            if (_openBytes >= CommitBytes || (_options.Linger == TimeSpan.Zero && _commits.Count == 0))
                CommitAll();
            return result;
        }
    }

    // Also refuses what could not be encoded, before anything of the record is written.
    private static int SizeOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, IReadOnlyList<RecordHeader> headers)
    {
        long size = (long)key.Length + value.Length;
        if (headers.Count > ushort.MaxValue)
            throw new ArgumentException($"A record has at most {ushort.MaxValue} headers, not {headers.Count}.", nameof(headers));
        for (int i = 0; i < headers.Count; i++)
        {
            int name = ByteBuffer.Utf8Length(headers[i].Name);
            if (name > ushort.MaxValue)
                throw new ArgumentException($"The name of a header has at most {ushort.MaxValue} bytes as UTF-8, not {name}.", nameof(headers));
            size += 8L + name + (headers[i].Value?.Length ?? 0);
        }

        return (int)Math.Min(size, int.MaxValue - RecordOverhead);
    }

    private static void Add(BatchBuilder builder, long time, ReadOnlySpan<byte> key, bool hasKey, ReadOnlySpan<byte> value, bool valueIsNull, IReadOnlyList<RecordHeader> headers)
    {
        if (headers.Count == 0)
        {
            builder.Add(time, key, !hasKey, value, valueIsNull);
            return;
        }

        builder.BeginRecord(time);
        builder.Data.Write(key);
        builder.EndKey(!hasKey);
        builder.Data.Write(value);
        builder.EndValue(valueIsNull);
        foreach (var header in headers)
        {
            if (header.Value is null)
                builder.AddNullHeader(header.Name);
            else
                builder.AddHeader(header.Name, header.Value);
        }

        builder.EndRecord();
    }

    private ProducerTopic Topic(string name)
    {
        if (_lastTopic is { } last && (ReferenceEquals(last.Name, name) || last.Name == name))
            return last;
        if (!_topics.TryGetValue(name, out var topic))
            _topics.Add(name, topic = new ProducerTopic(_log.DescribeTopic(name)));
        return _lastTopic = topic;
    }

    private void WaitForRoom(int size)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        while (_openBytes + _submittedBytes + size > _options.BufferBytes && _openBytes + _submittedBytes > 0)
        {
            CommitAll(); // else nothing might ever make room
            Monitor.Wait(_gate);
            ObjectDisposedException.ThrowIf(_disposed, this);
        }
    }

    private void StartFilling(ProducerPartition partition)
    {
        if (_filling.Count == 0 && _closed.Count == 0 && _options.Linger > TimeSpan.Zero)
            _linger.Change(_options.Linger, Timeout.InfiniteTimeSpan);
        _filling.Add(partition);
    }

    private void CloseBatch(ProducerPartition partition)
    {
        _transaction ??= _log.BeginTransaction();
        _transaction.Append(partition.Topic, partition.Partition, partition.Builder);
        if (partition.RecordsInTransaction == 0)
            _inTransaction.Add(partition);
        _closed.Add(partition.End());
        _filling.Remove(partition);
        _topics[partition.Topic].Closed(partition);
    }

    private void LingerIsOver()
    {
        lock (_gate)
        {
            if (!_disposed)
                CommitAll();
        }
    }

    private void CommitAll()
    {
        while (_filling.Count > 0)
            CloseBatch(_filling[^1]);
        if (_transaction is not { } transaction)
            return;
        var batches = _closed;
        long bytes = _openBytes;
        _transaction = null;
        _closed = [];
        _openBytes = 0;
        _submittedBytes += bytes;
        foreach (var partition in _inTransaction)
            partition.RecordsInTransaction = 0;
        _inTransaction.Clear();
        var commit = Commit(transaction, batches, bytes);
        _commits.Add(commit);
        _ = commit.ContinueWith(Committed, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task Commit(LogTransaction transaction, List<PendingBatch> batches, long bytes)
    {
        Exception? failure = null;
        try
        {
            await transaction.CommitAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is FlowLogException or ObjectDisposedException)
        {
            failure = e;
        }

        foreach (var batch in batches)
        {
            if (failure is null)
                batch.Succeed(transaction.FirstAppendedOffset(batch.Topic, batch.Partition)!.Value);
            else
                batch.Fail(failure);
        }

        transaction.Dispose();
        lock (_gate)
        {
            _submittedBytes -= bytes;
            _failure ??= failure;
            Monitor.PulseAll(_gate);
        }
    }

    private void Committed(Task commit)
    {
        lock (_gate)
        {
            _commits.Remove(commit);
            if (_options.Linger == TimeSpan.Zero && !_disposed)
                CommitAll();
        }
    }
}
