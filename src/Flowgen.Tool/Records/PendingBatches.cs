using Flowgen.Log;

namespace Flowgen.Tool.Records;

/// <summary>Records on their way into one commit: one growing batch for each partition of a topic.</summary>
internal sealed class PendingBatches : IDisposable
{
    private const int BatchBytes = 1 << 20;

    private readonly FlowLog _log;
    private readonly string _topic;
    private readonly int _schemaId;
    private readonly BatchBuilder[] _batches;
    private LogTransaction _commit;
    private uint _turn;

    /// <param name="log">The log.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="schemaId">The schema of the records; 0 for raw bytes.</param>
    /// <param name="partition">Where all records go; null follows the keys, as Kafka's clients do.</param>
    public PendingBatches(FlowLog log, TopicDescription topic, int schemaId, int? partition)
    {
        _log = log;
        _topic = topic.Name;
        _schemaId = schemaId;
        Partition = partition;
        _batches = [.. Enumerable.Range(0, topic.Partitions).Select(_ => new BatchBuilder())];
        foreach (BatchBuilder batch in _batches)
            batch.StartVariable(schemaId);
        _commit = log.BeginTransaction();
    }

    /// <summary>Where records go; null follows the keys.</summary>
    public int? Partition { get; set; }

    /// <summary>Records since the last commit.</summary>
    public int Count { get; private set; }

    public BatchBuilder Choose(bool hasKey, ReadOnlySpan<byte> key)
    {
        int partition = Partition ?? (hasKey ? Murmur2.Partition(key, _batches.Length) : (int)(_turn++ % _batches.Length));
        BatchBuilder batch = _batches[partition];
        if (batch.SizeInBytes > BatchBytes)
            Append(partition);
        Count++;
        return batch;
    }

    /// <summary>Commits what was added.</summary>
    /// <param name="add">Adds to the commit.</param>
    public async Task CommitAsync(Action<LogTransaction>? add = null)
    {
        for (int partition = 0; partition < _batches.Length; partition++)
            Append(partition);
        add?.Invoke(_commit);
        await _commit.CommitAsync();
        _commit.Dispose();
        _commit = _log.BeginTransaction();
        Count = 0;
    }

    public void Dispose() => _commit.Dispose();

    private void Append(int partition)
    {
        BatchBuilder batch = _batches[partition];
        if (batch.Count == 0)
            return;
        _commit.Append(_topic, partition, batch);
        batch.StartVariable(_schemaId);
    }
}
