namespace Flowgen.Runtime.Tests.Engine;

/// <summary>An embedded log whose bids never end, as fast as they can be read; everything else is in the log.</summary>
internal sealed class FedLog(EmbeddedLog log, RepeatingLog bids) : IEngineLog
{
    private const string Input = "bids";

    public long CommitVersion => log.CommitVersion;

    public int EnsureTopic(TopicDeclaration topic) => log.EnsureTopic(topic);

    public int RegisterSchema(string topic, ReadOnlySpan<byte> schema) => LogOf(topic).RegisterSchema(topic, schema);

    public byte[] GetSchema(string topic, int schemaId) => LogOf(topic).GetSchema(topic, schemaId);

    public OffsetRange GetOffsets(string topic, int partition) => LogOf(topic).GetOffsets(topic, partition);

    public CommittedPosition? GetCommitted(string group, string topic, int partition) => log.GetCommitted(group, topic, partition);

    public IEngineReader OpenReader(string topic, int partition, long offset) => LogOf(topic).OpenReader(topic, partition, offset);

    public IEngineTransaction BeginTransaction() => log.BeginTransaction();

    public void DeleteRecordsBefore(string topic, int partition, long offset) => log.DeleteRecordsBefore(topic, partition, offset);

    public ValueTask WaitForCommitAsync(long afterVersion, CancellationToken cancellationToken) => log.WaitForCommitAsync(afterVersion, cancellationToken);

    private IEngineLog LogOf(string topic) => topic == Input ? bids : log;
}
