using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>A log that asks a test before each commit.</summary>
internal sealed class HookedLog(IEngineLog log) : IEngineLog
{
    /// <summary>Called before each commit; what it throws is what the commit throws.</summary>
    public Func<ValueTask> BeforeCommit { get; set; } = () => ValueTask.CompletedTask;

    /// <summary>Called before records are dropped.</summary>
    public Action BeforeDelete { get; set; } = () => { };

    /// <summary>Called before each try to read a batch.</summary>
    public Action BeforeRead { get; set; } = () => { };

    /// <summary>Called with the name of each topic that has to be there.</summary>
    public Action<string> BeforeEnsure { get; set; } = _ => { };

    public long CommitVersion => log.CommitVersion;

    public int EnsureTopic(TopicDeclaration topic)
    {
        BeforeEnsure(topic.Name);
        return log.EnsureTopic(topic);
    }

    public int RegisterSchema(string topic, ReadOnlySpan<byte> schema) => log.RegisterSchema(topic, schema);

    public byte[] GetSchema(string topic, int schemaId) => log.GetSchema(topic, schemaId);

    public OffsetRange GetOffsets(string topic, int partition) => log.GetOffsets(topic, partition);

    public CommittedPosition? GetCommitted(string group, string topic, int partition) => log.GetCommitted(group, topic, partition);

    public IEngineReader OpenReader(string topic, int partition, long offset) => new Reader(this, log.OpenReader(topic, partition, offset));

    public IEngineTransaction BeginTransaction() => new Transaction(this, log.BeginTransaction());

    public void DeleteRecordsBefore(string topic, int partition, long offset)
    {
        BeforeDelete();
        log.DeleteRecordsBefore(topic, partition, offset);
    }

    public ValueTask WaitForCommitAsync(long afterVersion, CancellationToken cancellationToken) => log.WaitForCommitAsync(afterVersion, cancellationToken);

    private sealed class Reader(HookedLog owner, IEngineReader inner) : IEngineReader
    {
        public long Position => inner.Position;

        public bool TryRead(out RecordBatch batch)
        {
            owner.BeforeRead();
            return inner.TryRead(out batch);
        }

        public void Dispose() => inner.Dispose();
    }

    private sealed class Transaction(HookedLog owner, IEngineTransaction inner) : IEngineTransaction
    {
        public void Append(string topic, int partition, BatchBuilder batch) => inner.Append(topic, partition, batch);

        public void SetOffset(string group, string topic, int partition, CommittedPosition position) => inner.SetOffset(group, topic, partition, position);

        public async ValueTask CommitAsync()
        {
            await owner.BeforeCommit();
            await inner.CommitAsync();
        }

        public void Dispose() => inner.Dispose();
    }
}
