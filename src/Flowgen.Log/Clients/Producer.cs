using System.Text;

namespace Flowgen.Log;

/// <summary>
/// Sends records: collects them into batches and commits the batches in the background, those that come together as one commit. Records of a
/// partition keep the order in which they were sent, and each is appended once: what the disk did not take is tried again, what was appended
/// already is not appended again (unless <see cref="ProducerOptions.EnableIdempotence"/> is off). With a transactional id, records and offsets become visible when the caller commits them. Thread-safe.
/// </summary>
public sealed partial class Producer : IDisposable, IAsyncDisposable
{
    private const int RecordOverhead = 32; // timestamp, index entry and what the batch's header costs, for the bound of the buffer

    private readonly FlowLog _log;
    private readonly ProducerOptions _options;
    private readonly TimeProvider _time;
    private readonly object _gate = new(); // a monitor: Send waits on it for room
    private readonly ProducerBuffer _buffer;
    private readonly Dictionary<string, ProducerTopic> _topics = new(StringComparer.Ordinal);
    private ProducerTopic? _lastTopic;
    private string? _lastName; // as the caller has it
    private long _producerId;
    private bool _disposed;

    internal Producer(FlowLog log, ProducerOptions options, long producerId)
    {
        _log = log;
        _options = options;
        _time = log.Options.TimeProvider;
        _producerId = producerId;
        _buffer = new ProducerBuffer(_gate, options.BufferBytes, options.MaxBlock, _time);
        _linger = _time.CreateTimer(static producer => ((Producer)producer!).LingerIsOver(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _retry = _time.CreateTimer(static producer => ((Producer)producer!).Retry(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _transactionTimer = _time.CreateTimer(static producer => ((Producer)producer!).TransactionIsOverdue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The id by which the log knows the batches of this producer; -1 if it is not idempotent.</summary>
    public long ProducerId
    {
        get
        {
            lock (_gate)
                return _producerId;
        }
    }

    internal FlowLog Log => _log;

    internal bool IsClosed => Volatile.Read(ref _disposed);

    internal ProducerOptions Options => _options;

    /// <summary>Sends a record with a key; its partition is that which Kafka's Java client chooses. Blocks while the buffer is full.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="timestamp">Time of the record in Unix milliseconds; null takes the clock of the log.</param>
    /// <returns>What becomes of the record.</returns>
    /// <exception cref="RecordTooLargeException">The record is larger than the topic or the log allows.</exception>
    /// <exception cref="UnknownTopicException">There is no such topic.</exception>
    /// <exception cref="BufferExhaustedException">The buffer stayed full for <see cref="ProducerOptions.MaxBlock"/>.</exception>
    public SendResult Send(string topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long? timestamp = null) =>
        Send(topic, null, key, true, value, false, timestamp, 0, null);

    /// <summary>Sends a record without key. Blocks while the buffer is full.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="value">The value.</param>
    /// <returns>What becomes of the record.</returns>
    /// <exception cref="RecordTooLargeException">The record is larger than the topic or the log allows.</exception>
    /// <exception cref="UnknownTopicException">There is no such topic.</exception>
    /// <exception cref="InvalidRecordException">The topic is compacted.</exception>
    /// <exception cref="BufferExhaustedException">The buffer stayed full for <see cref="ProducerOptions.MaxBlock"/>.</exception>
    public SendResult Send(string topic, ReadOnlySpan<byte> value) => Send(topic, null, default, false, value, false, null, 0, null);

    /// <summary>Sends text, stored as UTF-8. Blocks while the buffer is full.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="key">The key; null for none.</param>
    /// <param name="value">The value.</param>
    /// <returns>What becomes of the record.</returns>
    public SendResult Send(string topic, string? key, string value) =>
        Send(topic, null, key is null ? default : Encoding.UTF8.GetBytes(key), key is not null, Encoding.UTF8.GetBytes(value), false, null, 0, null);

    /// <summary>Sends a record. Blocks while the buffer is full.</summary>
    /// <param name="record">The record.</param>
    /// <returns>What becomes of it.</returns>
    /// <exception cref="ArgumentException">A header cannot be stored.</exception>
    /// <exception cref="RecordTooLargeException">The record is larger than the topic or the log allows.</exception>
    /// <exception cref="UnknownTopicException">There is no such topic or partition.</exception>
    /// <exception cref="InvalidRecordException">The topic is compacted, and the record has no key.</exception>
    /// <exception cref="BufferExhaustedException">The buffer stayed full for <see cref="ProducerOptions.MaxBlock"/>.</exception>
    public SendResult Send(ProducerRecord record) => Send(
        record.Topic, record.Partition, record.Key.GetValueOrDefault().Span, record.Key.HasValue,
        record.Value.GetValueOrDefault().Span, !record.Value.HasValue, record.Timestamp, record.SchemaId, record.Headers);

    /// <summary>Sends a record; waits while the buffer is full, without blocking a thread.</summary>
    /// <param name="record">The record; its bytes must not change before the task has ended.</param>
    /// <param name="cancellationToken">Ends the wait; the record is not sent then.</param>
    /// <returns>A task that ends when the record is in the buffer, with what becomes of it.</returns>
    /// <inheritdoc cref="Send(ProducerRecord)"/>
    public async ValueTask<SendResult> SendAsync(ProducerRecord record, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int size = SizeOf(record.Key.GetValueOrDefault().Span, record.Value.GetValueOrDefault().Span, record.Headers);
        Task<SendResult> sent;
        lock (_gate)
        {
            var topic = Topic(record.Topic);
            topic.Check(size, record.Key.HasValue);
            if (TryTakeRoom(size + RecordOverhead))
                return Add(topic, record, size + RecordOverhead);
            sent = _buffer.WaitAsync(size + RecordOverhead, () => Add(topic, record, size + RecordOverhead), cancellationToken);
        }

        return await sent.ConfigureAwait(false);
    }

    /// <summary>Commits everything that was sent outside transactions.</summary>
    /// <param name="cancellationToken">Ends the wait, not the commits.</param>
    /// <returns>A task that ends when it is committed; it fails with the first failure since the last flush, also of records that nobody awaits.</returns>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        Task commits;
        lock (_gate)
        {
            CommitAll();
            commits = Task.WhenAll(_deliveries.Select(d => d.Done));
        }

        await commits.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_failure is not { } failure)
                return;
            _failure = null;
            throw new FlowLogException($"Records that were sent have not been committed: {failure.Message}", failure);
        }
    }

    /// <summary>Commits everything that was sent outside transactions and waits for it.</summary>
    public void Flush() => FlushAsync().GetAwaiter().GetResult();

    /// <summary>Commits what was sent, aborts an open transaction, and closes the producer.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Commits what was sent, aborts an open transaction, and closes the producer.</summary>
    /// <returns>A task that ends when everything is committed or has failed, at the latest about <see cref="ProducerOptions.DeliveryTimeout"/> after it was sent.</returns>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _buffer.Close(new ObjectDisposedException(nameof(Producer)));
            AbandonTransaction(new TransactionAbortedException("The producer was closed before the transaction was committed. Nothing of it is in the log."));
        }

        try
        {
            await FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            await _linger.DisposeAsync().ConfigureAwait(false);
            await _retry.DisposeAsync().ConfigureAwait(false);
            await _transactionTimer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private SendResult Send(string topic, int? partition, ReadOnlySpan<byte> key, bool hasKey, ReadOnlySpan<byte> value, bool valueIsNull, long? timestamp, int schemaId, IReadOnlyList<RecordHeader>? headers)
    {
        int size = SizeOf(key, value, headers);
        long time = timestamp ?? Now();
        lock (_gate)
        {
            var target = Topic(topic);
            target.Check(size, hasKey);
            WaitForRoom(size + RecordOverhead);
            return Add(target, partition, key, hasKey, value, valueIsNull, time, schemaId, headers, size + RecordOverhead);
        }
    }

    private SendResult Add(ProducerTopic topic, ProducerRecord record, int room) => Add(
        topic, record.Partition, record.Key.GetValueOrDefault().Span, record.Key.HasValue, record.Value.GetValueOrDefault().Span,
        !record.Value.HasValue, record.Timestamp ?? Now(), record.SchemaId, record.Headers, room);

    // Inside the gate, with room for the record taken.
    private SendResult Add(ProducerTopic topic, int? partition, ReadOnlySpan<byte> key, bool hasKey, ReadOnlySpan<byte> value, bool valueIsNull, long time, int schemaId, IReadOnlyList<RecordHeader>? headers, int room)
    {
        try
        {
            ThrowIfClosed();
            if (topic.IsDeleted)
            {
                topic = Topic(topic.Name); // there may be another one of that name, which takes other records
                topic.Check(room - RecordOverhead, hasKey);
            }

            var target = topic.Choose(partition, key, hasKey);
            if (!target.CanTake(schemaId))
                CloseBatch(topic, target);
            if (target.Pending is null)
                StartFilling(topic, target);
            var pending = target.Begin(schemaId);
            Add(target.Builder, time, key, hasKey, value, valueIsNull, headers);
            pending.Bytes += room;
            _unsubmitted += room;
            var result = new SendResult(pending, target.Builder.Count - 1, time);
            room = 0; // it belongs to the batch now
            if (target.Builder.SizeInBytes >= _options.BatchBytes)
                CloseBatch(topic, target);
            CommitIfDue();
            return result;
        }
        finally
        {
            if (room > 0)
                GiveBack(room);
        }
    }

    private void CommitIfDue()
    {
        if (_unsubmitted >= DeliveryBytes || (_options.Linger == TimeSpan.Zero && _deliveries.Count == 0))
            CommitAll();
    }

    // Also refuses what could not be encoded, before anything of the record is written.
    private static int SizeOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, IReadOnlyList<RecordHeader>? headers)
    {
        long size = (long)key.Length + value.Length;
        if (headers is null)
            return (int)Math.Min(size, int.MaxValue - RecordOverhead);
        if (headers.Count > ushort.MaxValue)
            throw new ArgumentException($"A record has at most {ushort.MaxValue} headers, not {headers.Count}.", nameof(headers));
        for (int i = 0; i < headers.Count; i++)
        {
            ArgumentNullException.ThrowIfNull(headers[i].Name, nameof(headers));
            int name = ByteBuffer.Utf8Length(headers[i].Name);
            if (name > ushort.MaxValue)
                throw new ArgumentException($"The name of a header has at most {ushort.MaxValue} bytes as UTF-8, not {name}.", nameof(headers));
            size += 8L + name + (headers[i].Value?.Length ?? 0);
        }

        return (int)Math.Min(size, int.MaxValue - RecordOverhead);
    }

    private static void Add(BatchBuilder builder, long time, ReadOnlySpan<byte> key, bool hasKey, ReadOnlySpan<byte> value, bool valueIsNull, IReadOnlyList<RecordHeader>? headers)
    {
        if (headers is null || headers.Count == 0)
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
        if (ReferenceEquals(_lastName, name) && _lastTopic is { IsDeleted: false } last)
            return last;
        if (!_topics.TryGetValue(name, out var topic) || topic.IsDeleted)
            _topics[name] = topic = new ProducerTopic(_log.FindTopic(name), _log.Options, _producerId);
        _lastName = name;
        return _lastTopic = topic;
    }

    private void WaitForRoom(int size)
    {
        if (TryTakeRoom(size))
            return;
        var room = _buffer.WaitAsync(size, null, CancellationToken.None);
        while (!room.IsCompleted)
            Monitor.Wait(_gate);
        room.GetAwaiter().GetResult();
    }

    private bool TryTakeRoom(int size)
    {
        ThrowIfClosed();
        if (_options.TransactionalId is not null)
        {
            TakeRoomInTransaction(size);
            return true;
        }

        if (_buffer.TryTake(size))
            return true;
        CommitAll(); // else nothing might ever make room
        return _buffer.TryTake(size);
    }

    private void GiveBack(long room)
    {
        if (_options.TransactionalId is not null)
        {
            _transactionBytes -= room;
            return;
        }

        _buffer.Free(room);
        _buffer.Grant();
    }

    private void ThrowIfClosed()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_broken is { } cause)
            throw Refused(cause);
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
