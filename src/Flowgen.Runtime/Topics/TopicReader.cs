using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Reads the records of a topic from outside an app, each partition in its order. Not thread-safe.</summary>
/// <typeparam name="TRecord">The record type.</typeparam>
/// <typeparam name="TCodec">Its generated codec.</typeparam>
public sealed class TopicReader<TRecord, TCodec> : IDisposable
    where TCodec : struct, IRecordCodec<TRecord>
{
    private readonly PartitionReader[] _partitions;
    private readonly BatchDecoder<TRecord, TCodec> _decoder;

    /// <summary>Makes a reader that starts at the beginning of each partition.</summary>
    /// <param name="log">The log.</param>
    /// <param name="topic">A topic that exists.</param>
    /// <exception cref="UnknownTopicException">There is no such topic.</exception>
    public TopicReader(FlowLog log, string topic)
    {
        ArgumentNullException.ThrowIfNull(log);
        int partitions = log.DescribeTopic(topic).Partitions;
        _decoder = new BatchDecoder<TRecord, TCodec>(new SchemaMaps(new EmbeddedLog(log), topic, OwnId(log, topic), TCodec.Schema));
        _partitions = [.. Enumerable.Range(0, partitions).Select(partition => log.OpenReader(topic, partition, log.DescribePartition(topic, partition).FirstOffset))];
    }

    /// <summary>Reads what has been committed since the last call, partition by partition. Tombstones are left out.</summary>
    /// <returns>Records that own their memory.</returns>
    /// <exception cref="RecordFormatException">A record is not of this type.</exception>
    public IEnumerable<TRecord> ReadToEnd()
    {
        var records = new List<TRecord>();
        foreach (PartitionReader partition in _partitions)
        {
            while (partition.TryRead(out RecordBatch batch))
            {
                Decode(in batch, records);
                foreach (TRecord record in records) yield return record;
                records.Clear();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PartitionReader partition in _partitions) partition.Dispose();
    }

    private void Decode(in RecordBatch batch, List<TRecord> to)
    {
        var origin = new SourceOrigin();
        for (int from = batch.FirstIndex; from < batch.Count;)
        {
            foreach (ref readonly TRecord record in _decoder.Next(in batch, ref from, batch.Count, origin).Records)
                to.Add(TCodec.Own(in record));
        }
    }

    private static int OwnId(FlowLog log, string topic)
    {
        byte[] own = TCodec.Schema.ToJson();
        return log.SchemaIds(topic).FirstOrDefault(id => log.GetSchema(topic, id).AsSpan().SequenceEqual(own), defaultValue: -1);
    }
}
