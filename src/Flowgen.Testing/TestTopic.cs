using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Testing;

/// <summary>A topic of an app under test.</summary>
internal interface ITestTopic
{
    string Name { get; }
}

/// <summary>A topic of an app under test, by its record type.</summary>
internal interface ITestTopic<TRecord> : ITestTopic
{
    void Append(ReadOnlySpan<TRecord> records, DateTimeOffset now);

    List<TRecord> Take();
}

internal sealed class TestTopicFactory(MemoryLog log, int? partitions) : ITopicFactory
{
    public object Create<TRecord, TCodec>(TopicDeclaration topic)
        where TCodec : struct, IRecordCodec<TRecord> =>
        new TestTopic<TRecord, TCodec>(log, partitions is { } count ? topic with { Partitions = count } : topic);
}

/// <summary>Appends records as a producer does, and reads what is committed.</summary>
internal sealed class TestTopic<TRecord, TCodec> : ITestTopic<TRecord>
    where TCodec : struct, IRecordCodec<TRecord>
{
    private readonly MemoryLog _log;
    private readonly int _schemaId;
    private readonly IEngineReader[] _readers;
    private readonly BatchDecoder<TRecord, TCodec> _decoder;
    private readonly SourceOrigin _origin = new();

    public TestTopic(MemoryLog log, TopicDeclaration topic)
    {
        _log = log;
        Name = topic.Name;
        int partitions = log.EnsureTopic(topic);
        var schemas = new TopicSchemas(log);
        _schemaId = schemas.IdOf(Name, TCodec.Schema);
        _decoder = new BatchDecoder<TRecord, TCodec>(schemas.MapsFor(Name, TCodec.Schema));
        _readers = [.. Enumerable.Range(0, partitions).Select(partition => log.OpenReader(Name, partition, 0))];
    }

    public string Name { get; }

    public void Append(ReadOnlySpan<TRecord> records, DateTimeOffset now)
    {
        var batches = new BatchBuilder[_readers.Length];
        foreach (ref readonly TRecord record in records)
        {
            int partition = TCodec.HasKey ? Murmur2.ToPartition(TCodec.PartitionHash(in record), batches.Length) : 0;
            Add(batches[partition] ??= NewBatch(), in record, now.ToUnixTimeMilliseconds());
        }

        using IEngineTransaction transaction = _log.BeginTransaction();
        for (int partition = 0; partition < batches.Length; partition++)
        {
            if (batches[partition] is { } batch) transaction.Append(Name, partition, batch);
        }

        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();   // a log in memory commits at once
    }

    public List<TRecord> Take()
    {
        List<TRecord> taken = [];
        foreach (IEngineReader reader in _readers)
        {
            while (reader.TryRead(out RecordBatch batch)) Take(in batch, taken);
        }

        return taken;
    }

    private void Take(in RecordBatch batch, List<TRecord> taken)
    {
        for (int from = batch.FirstIndex; from < batch.Count;)
        {
            Batch<TRecord> slice = _decoder.Next(in batch, ref from, batch.Count, _origin);
            foreach (ref readonly TRecord record in slice.Records) taken.Add(TCodec.Own(in record));
        }
    }

    private BatchBuilder NewBatch()
    {
        var batch = new BatchBuilder();
        RecordEncoder<TRecord, TCodec>.Start(batch, _schemaId);
        return batch;
    }

    private static void Add(BatchBuilder batch, in TRecord record, long now)
    {
        if (TCodec.Layout is { } layout) RecordEncoder<TRecord, TCodec>.AddFixed(batch, layout, new ReadOnlySpan<TRecord>(in record), new ReadOnlySpan<long>(in now));
        else RecordEncoder<TRecord, TCodec>.Add(batch, in record, now);
    }
}
