namespace Flowgen.Log;

/// <summary>The open batch of a producer for one partition.</summary>
internal sealed class ProducerPartition(string topic, int partition)
{
    private int _schemaId;

    public string Topic => topic;

    public int Partition => partition;

    public BatchBuilder Builder { get; } = new();

    /// <summary>The batch that is being built; null while it is empty.</summary>
    public PendingBatch? Pending { get; private set; }

    /// <summary>Records of the open transaction in closed batches of this partition.</summary>
    public long RecordsInTransaction { get; set; }

    public bool CanTake(int schemaId) => Pending is null || schemaId == _schemaId;

    public PendingBatch Begin(int schemaId)
    {
        if (Pending is not null)
            return Pending;
        _schemaId = schemaId;
        Builder.StartVariable(schemaId);
        return Pending = new PendingBatch(topic, partition);
    }

    public PendingBatch End()
    {
        var pending = Pending!;
        pending.RecordsBefore = RecordsInTransaction;
        RecordsInTransaction += Builder.Count;
        Pending = null;
        Builder.Clear();
        return pending;
    }
}
