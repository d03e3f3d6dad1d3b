using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>A log whose inputs repeat one batch any number of times and whose outputs go nowhere: what is allocated is the engine's.</summary>
internal sealed class RepeatingLog(Func<int, BatchBuilder> batchOf, int partitions, long repetitions) : IEngineLog
{
    public long CommitVersion => Volatile.Read(ref _commits);

    public long Commits => Volatile.Read(ref _commits);

    private long _commits;

    public int EnsureTopic(TopicDeclaration topic) => topic.Name.StartsWith("__", StringComparison.Ordinal) ? topic.Partitions : partitions;

    public int RegisterSchema(string topic, ReadOnlySpan<byte> schema) => 1;

    public byte[] GetSchema(string topic, int schemaId) => throw new InvalidOperationException("There is one schema.");

    public OffsetRange GetOffsets(string topic, int partition) => topic is "bids" or "phrases" ? new OffsetRange(0, repetitions * batchOf(partition).Count) : default;

    public CommittedPosition? GetCommitted(string group, string topic, int partition) => null;

    public IEngineReader OpenReader(string topic, int partition, long offset) => topic is "bids" or "phrases" ? new Reader(batchOf(partition), topic, partition, repetitions) : new Reader(new BatchBuilder(), topic, partition, 0);

    public IEngineTransaction BeginTransaction() => new Nowhere(this);

    public void DeleteRecordsBefore(string topic, int partition, long offset)
    {
    }

    public ValueTask WaitForCommitAsync(long afterVersion, CancellationToken cancellationToken) => new(Task.Delay(Timeout.Infinite, cancellationToken));

    private sealed class Reader : IEngineReader
    {
        private readonly byte[] _bytes;
        private readonly string _topic;
        private readonly int _partition;
        private readonly int _count;
        private long _left;
        private long _offset;

        public Reader(BatchBuilder batch, string topic, int partition, long repetitions)
        {
            ByteBuffer bytes = new();
            batch.CopyTo(bytes);
            _bytes = bytes.Written.ToArray();
            (_topic, _partition, _count, _left) = (topic, partition, batch.Count, repetitions);
        }

        public long Position => _offset;

        public bool TryRead(out RecordBatch batch)
        {
            batch = default;
            if (_left-- <= 0) return false;
            BatchHeader.Seal(_bytes, _offset, appendedAt: 0);
            _offset += _count;
            batch = new RecordBatch(_bytes, 0, _bytes.Length, _topic, _partition, firstIndex: 0);
            return true;
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    private sealed class Nowhere(RepeatingLog log) : IEngineTransaction
    {
        public void Append(string topic, int partition, BatchBuilder batch)
        {
        }

        public void SetOffset(string group, string topic, int partition, CommittedPosition position)
        {
        }

        public ValueTask CommitAsync()
        {
            Interlocked.Increment(ref log._commits);
            return ValueTask.CompletedTask;
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
