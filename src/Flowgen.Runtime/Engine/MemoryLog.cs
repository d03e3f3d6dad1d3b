using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>A log in memory that keeps the engine's contract, for tests. Thread-safe.</summary>
/// <param name="time">The clock for the time of appends; null takes the system's.</param>
public sealed class MemoryLog(TimeProvider? time = null) : IEngineLog
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Dictionary<string, Topic> _topics = [];
    private readonly Dictionary<(string Group, string Topic, int Partition), CommittedPosition> _positions = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version;

    /// <inheritdoc/>
    public long CommitVersion => Volatile.Read(ref _version);

    /// <summary>The topics, by name.</summary>
    public IReadOnlyList<string> Topics
    {
        get
        {
            lock (_gate) return [.. _topics.Keys.Order(StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc/>
    public int EnsureTopic(TopicDeclaration topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        lock (_gate)
        {
            if (!_topics.TryGetValue(topic.Name, out Topic? known)) _topics.Add(topic.Name, known = new Topic(topic.Partitions));
            return known.Partitions.Length;
        }
    }

    /// <inheritdoc/>
    public int RegisterSchema(string topic, ReadOnlySpan<byte> schema)
    {
        lock (_gate)
        {
            List<byte[]> schemas = Find(topic).Schemas;
            for (int i = 0; i < schemas.Count; i++)
            {
                if (schema.SequenceEqual(schemas[i])) return i + 1;
            }

            schemas.Add(schema.ToArray());
            return schemas.Count;
        }
    }

    /// <inheritdoc/>
    public byte[] GetSchema(string topic, int schemaId)
    {
        lock (_gate) return Find(topic).Schemas[schemaId - 1];
    }

    /// <inheritdoc/>
    public OffsetRange GetOffsets(string topic, int partition)
    {
        lock (_gate)
        {
            Partition found = Find(topic).Partitions[partition];
            return new OffsetRange(found.First, found.Next);
        }
    }

    /// <inheritdoc/>
    public CommittedPosition? GetCommitted(string group, string topic, int partition)
    {
        lock (_gate) return _positions.TryGetValue((group, topic, partition), out CommittedPosition position) ? position : null;
    }

    /// <inheritdoc/>
    public IEngineReader OpenReader(string topic, int partition, long offset)
    {
        lock (_gate)
        {
            Partition found = Find(topic).Partitions[partition];
            if (offset < found.First || offset > found.Next) throw OutOfRange(topic, partition, offset, found);
            return new Reader(this, topic, partition, found, offset);
        }
    }

    /// <inheritdoc/>
    public IEngineTransaction BeginTransaction() => new Transaction(this);

    /// <inheritdoc/>
    public void DeleteRecordsBefore(string topic, int partition, long offset)
    {
        lock (_gate)
        {
            Partition found = Find(topic).Partitions[partition];
            found.First = Math.Max(found.First, Math.Min(offset, found.Next));
            while (found.Batches.Count > 0 && found.Batches[0].Next <= found.First) found.Batches.RemoveAt(0);
        }
    }

    /// <inheritdoc/>
    public async ValueTask WaitForCommitAsync(long afterVersion, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_version > afterVersion) return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static OffsetOutOfRangeException OutOfRange(string topic, int partition, long offset, Partition found) =>
        new($"'{topic}' partition {partition} has no offset {offset}: it holds {found.First} to {found.Next}.");

    private Topic Find(string topic) => _topics.TryGetValue(topic, out Topic? found) ? found : throw new UnknownTopicException($"There is no topic '{topic}' in this log.");

    private void Commit(List<(string Topic, int Partition, byte[] Batch)> batches, List<(string Group, string Topic, int Partition, CommittedPosition Position)> positions)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            foreach ((string topic, int partition, byte[] batch) in batches) Find(topic).Partitions[partition].Add(batch, now);
            foreach ((string group, string topic, int partition, CommittedPosition position) in positions) _positions[(group, topic, partition)] = position;
            _version++;
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private sealed class Topic(int partitions)
    {
        public Partition[] Partitions { get; } = [.. Enumerable.Range(0, partitions).Select(_ => new Partition())];

        public List<byte[]> Schemas { get; } = [];
    }

    private sealed class Partition
    {
        public List<(byte[] Bytes, long Next)> Batches { get; } = [];

        public long First { get; set; }

        public long Next { get; private set; }

        /// <summary>The first batch with a record at or behind an offset.</summary>
        public int IndexBehind(long offset)
        {
            int low = 0;
            int high = Batches.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (Batches[middle].Next > offset) high = middle;
                else low = middle + 1;
            }

            return low;
        }

        public void Add(byte[] batch, long now)
        {
            BatchHeader.Seal(batch, Next, now);
            Next = BatchHeader.NextOffset(batch);
            Batches.Add((batch, Next));
        }
    }

    private sealed class Reader(MemoryLog log, string topic, int index, Partition partition, long position) : IEngineReader
    {
        public long Position { get; private set; } = position;

        public bool TryRead(out RecordBatch batch)
        {
            lock (log._gate)
            {
                if (Position < partition.First) throw OutOfRange(topic, index, Position, partition);
                int found = partition.IndexBehind(Position);
                if (found == partition.Batches.Count)
                {
                    batch = default;
                    return false;
                }

                (byte[] bytes, long next) = partition.Batches[found];
                int first = (int)Math.Max(0, Position - BatchHeader.BaseOffset(bytes));
                batch = new RecordBatch(bytes, 0, bytes.Length, topic, index, first);
                Position = next;
                return true;
            }
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    private sealed class Transaction(MemoryLog log) : IEngineTransaction
    {
        private readonly Lock _gate = new();
        private readonly List<(string Topic, int Partition, byte[] Batch)> _batches = [];
        private readonly List<(string Group, string Topic, int Partition, CommittedPosition Position)> _positions = [];

        public void Append(string topic, int partition, BatchBuilder batch)
        {
            if (batch.Count == 0) return;
            ByteBuffer bytes = new(batch.SizeInBytes);
            batch.CopyTo(bytes);
            lock (_gate) _batches.Add((topic, partition, bytes.Written.ToArray()));
        }

        public void SetOffset(string group, string topic, int partition, CommittedPosition position)
        {
            lock (_gate) _positions.Add((group, topic, partition, position));
        }

        public ValueTask CommitAsync()
        {
            log.Commit(_batches, _positions);
            return ValueTask.CompletedTask;
        }

        public void Dispose()
        {
            // What was not committed is forgotten with the transaction.
        }
    }
}
