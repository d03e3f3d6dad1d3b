namespace Flowgen.Log.Tests.Simulation;

/// <summary>What a transaction holds: for the log and for the model.</summary>
internal sealed class TransactionContent
{
    private readonly List<(string Topic, int Partition, ModelRecord[] Records, ProducerStamp? Stamp)> _batches = [];
    private readonly List<(string Group, string Topic, int Partition, CommittedOffset Offset)> _offsets = [];

    public TransactionContent Append(string topic, int partition, params ModelRecord[] records)
    {
        _batches.Add((topic, partition, records, null));
        return this;
    }

    /// <summary>A batch that is appended once, however often it is sent.</summary>
    public TransactionContent Append(string topic, int partition, ProducerStamp stamp, params ModelRecord[] records)
    {
        _batches.Add((topic, partition, records, stamp));
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
        foreach (var (topic, partition, records, stamp) in _batches)
        {
            if (stamp is { } known && !Bugs.HasFlag(ScenarioBugs.SequencesAreNotChecked))
                transaction.Append(topic, partition, ScenarioBatch.Of(records), known);
            else
                transaction.Append(topic, partition, ScenarioBatch.Of(records));
        }

        foreach (var (group, topic, partition, offset) in _offsets)
            transaction.SetOffset(group, topic, partition, offset.Offset, offset.Metadata);
        return transaction;
    }

    /// <summary>What goes wrong.</summary>
    public ScenarioBugs Bugs { get; init; }

    public Task Submit(FlowLog log)
    {
        if (Bugs.HasFlag(ScenarioBugs.OffsetsAreOutsideTheCommit))
            return SubmitOffsetsFirst(log);
        using var transaction = Begin(log);
        return transaction.CommitAsync().AsTask();
    }

    public void Effect(LogModel model)
    {
        foreach (var (topic, partition, records, _) in _batches)
            model.Partition(topic, partition).Append(records);
        foreach (var (group, topic, partition, offset) in _offsets)
            model.Offsets[(group, topic, partition)] = offset;
    }

    private Task SubmitOffsetsFirst(FlowLog log)
    {
        var offsets = new TransactionContent();
        var batches = new TransactionContent();
        offsets._offsets.AddRange(_offsets);
        batches._batches.AddRange(_batches);
        offsets.Submit(log).GetAwaiter().GetResult();
        return batches.Submit(log);
    }
}
