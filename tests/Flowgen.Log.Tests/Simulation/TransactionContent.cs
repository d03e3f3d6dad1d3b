namespace Flowgen.Log.Tests.Simulation;

/// <summary>What a transaction holds: for the log and for the model.</summary>
internal sealed class TransactionContent
{
    private readonly List<(string Topic, int Partition, ModelRecord[] Records)> _batches = [];
    private readonly List<(string Group, string Topic, int Partition, CommittedOffset Offset)> _offsets = [];

    public TransactionContent Append(string topic, int partition, params ModelRecord[] records)
    {
        _batches.Add((topic, partition, records));
        return this;
    }

    public TransactionContent SetOffset(string group, string topic, int partition, long offset, string metadata = "")
    {
        _offsets.Add((group, topic, partition, new CommittedOffset(offset, metadata)));
        return this;
    }

    public LogTransaction Begin(FlowLog log)
    {
        var transaction = log.BeginTransaction();
        foreach (var (topic, partition, records) in _batches)
            transaction.Append(topic, partition, ScenarioBatch.Of(records));
        foreach (var (group, topic, partition, offset) in _offsets)
            transaction.SetOffset(group, topic, partition, offset.Offset, offset.Metadata);
        return transaction;
    }

    public Task Submit(FlowLog log)
    {
        using var transaction = Begin(log);
        return transaction.CommitAsync().AsTask();
    }

    public void Effect(LogModel model)
    {
        foreach (var (topic, partition, records) in _batches)
            model.Partition(topic, partition).Append(records);
        foreach (var (group, topic, partition, offset) in _offsets)
            model.Offsets[(group, topic, partition)] = offset;
    }
}
