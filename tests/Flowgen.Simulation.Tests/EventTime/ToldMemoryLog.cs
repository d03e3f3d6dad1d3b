using Flowgen.Runtime;

namespace Flowgen.Simulation.Tests.EventTime;

/// <summary>A log in memory that tells who waits for it on the thread of the test.</summary>
internal sealed class ToldMemoryLog(TimeProvider clock) : IEngineLog
{
    private readonly MemoryLog _log = new(clock);
    private readonly List<(long After, TaskCompletionSource Told)> _waiting = [];

    public long CommitVersion => _log.CommitVersion;

    public int EnsureTopic(TopicDeclaration topic) => _log.EnsureTopic(topic);

    public int RegisterSchema(string topic, ReadOnlySpan<byte> schema) => _log.RegisterSchema(topic, schema);

    public byte[] GetSchema(string topic, int schemaId) => _log.GetSchema(topic, schemaId);

    public OffsetRange GetOffsets(string topic, int partition) => _log.GetOffsets(topic, partition);

    public CommittedPosition? GetCommitted(string group, string topic, int partition) => _log.GetCommitted(group, topic, partition);

    public IEngineReader OpenReader(string topic, int partition, long offset) => _log.OpenReader(topic, partition, offset);

    public IEngineTransaction BeginTransaction() => _log.BeginTransaction();

    public void DeleteRecordsBefore(string topic, int partition, long offset) => _log.DeleteRecordsBefore(topic, partition, offset);

    public ValueTask WaitForCommitAsync(long afterVersion, CancellationToken cancellationToken)
    {
        if (CommitVersion > afterVersion) return default;
        TaskCompletionSource told = new();
        cancellationToken.Register(() => told.TrySetCanceled(cancellationToken));
        _waiting.Add((afterVersion, told));
        return new ValueTask(told.Task);
    }

    public void Tell()
    {
        TaskCompletionSource[] due = [.. _waiting.Where(waiting => CommitVersion > waiting.After).Select(waiting => waiting.Told)];
        _waiting.RemoveAll(waiting => CommitVersion > waiting.After);
        foreach (TaskCompletionSource told in due) told.TrySetResult();
    }
}
