using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>An app of a test on a log, with short ways to write inputs and read outputs.</summary>
internal sealed class TestApp(IEngineLog log)
{
    public const string Name = "test";

    public IEngineLog Log { get; } = log;

    public FlowEngine Engine(Action<AppBuilder> describe, FlowEngineOptions? options = null)
    {
        AppBuilder app = new();
        describe(app);
        return FlowEngine.Create(new AppInfo(Name, 5, ""), app, Log, options, null);
    }

    public async Task RunToEndAsync(Action<AppBuilder> describe, FlowEngineOptions? options = null)
    {
        await using FlowEngine engine = Engine(describe, options);
        await engine.RunToEndAsync();
    }

    /// <summary>Appends records in one commit, in batches of the given size, each to the partition of its key.</summary>
    public async Task WriteAsync<TRecord, TCodec>(string topic, int partitions, IReadOnlyList<TRecord> records, int batch = 100, long time = 0)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        Log.EnsureTopic(new TopicDeclaration(topic, partitions));
        int schema = Log.RegisterSchema(topic, TCodec.Schema.ToJson());
        using IEngineTransaction transaction = Log.BeginTransaction();
        BatchBuilder builder = new();
        foreach (IGrouping<int, TRecord> partition in records.GroupBy(record => Murmur2.ToPartition(TCodec.PartitionHash(in record), partitions)))
        {
            foreach (TRecord[] chunk in partition.Chunk(batch))
            {
                RecordEncoder<TRecord, TCodec>.Start(builder, schema);
                if (TCodec.Layout is { } layout) RecordEncoder<TRecord, TCodec>.AddFixed(builder, layout, chunk, []);
                else foreach (TRecord record in chunk) RecordEncoder<TRecord, TCodec>.Add(builder, in record, time);
                transaction.Append(topic, partition.Key, builder);
            }
        }

        await transaction.CommitAsync();
    }

    public Task WriteBidsAsync(int partitions, IReadOnlyList<Bid> bids, int batch = 100) => WriteAsync<Bid, BidCodec>("bids", partitions, bids, batch);

    /// <summary>All committed records of a topic: partition by partition, in order, without tombstones.</summary>
    public List<TRecord> Read<TRecord, TCodec>(string topic)
        where TCodec : struct, IRecordCodec<TRecord> =>
        [.. ReadStored<TRecord, TCodec>(topic).Where(stored => !stored.IsTombstone).Select(stored => stored.Record!)];

    public List<Stored<TRecord>> ReadStored<TRecord, TCodec>(string topic)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        List<Stored<TRecord>> all = [];
        StringPool strings = new();
        int partitions = Log.EnsureTopic(new TopicDeclaration(topic, 1));
        for (int partition = 0; partition < partitions; partition++)
        {
            using IEngineReader reader = Log.OpenReader(topic, partition, Log.GetOffsets(topic, partition).First);
            while (reader.TryRead(out RecordBatch batch))
            {
                for (int i = 0; i < batch.Count; i++) all.Add(Read<TRecord, TCodec>(in batch, i, strings));
            }
        }

        return all;
    }

    private static Stored<TRecord> Read<TRecord, TCodec>(in RecordBatch batch, int index, StringPool strings)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        LogRecord record = batch[index];
        Stored<TRecord> stored = new(default, batch.Partition, record.Offset, record.Timestamp, Convert.ToHexString(record.Key), record.IsTombstone);
        if (record.IsTombstone) return stored;
        RecordReader reader = new(batch.Buffer, record.ValueStart, record.ValueLength, strings, record.Headers);
        TCodec.Read(ref reader, out TRecord value);
        return stored with { Record = TCodec.Own(in value) };
    }
}

internal readonly record struct Stored<TRecord>(TRecord? Record, int Partition, long Offset, long Timestamp, string Key, bool IsTombstone);
