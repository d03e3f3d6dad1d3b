using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Corruption;

/// <summary>A number for everything that a log shows, seeks by offset and by time included.</summary>
internal static class LogFingerprint
{
    public static ulong Of(FlowLog log)
    {
        var hash = new Hash64();
        foreach (var topic in log.ListTopics(includeInternal: true))
        {
            hash.Add(topic.Name);
            hash.Add(topic.CreatedAt);
            foreach (int schema in log.SchemaIds(topic.Name))
                hash.Add(log.GetSchema(topic.Name, schema));
            for (int i = 0; i < topic.Partitions; i++)
                Add(ref hash, log, topic.Name, i);
        }

        foreach (string group in log.ListGroups())
        {
            hash.Add(group);
            foreach (var offset in log.ListGroupOffsets(group))
            {
                hash.Add(offset.Topic);
                hash.Add(offset.Partition);
                hash.Add(offset.Committed.Offset);
                hash.Add(offset.Committed.Metadata);
            }
        }

        return hash.Value;
    }

    /// <summary>A number for the records of some batches.</summary>
    public static ulong Of(FlowLog log, string topic, int partition, long from, int batches)
    {
        var hash = new Hash64();
        using var reader = log.OpenReader(topic, partition, from);
        for (int i = 0; i < batches && reader.TryRead(out var batch); i++)
            Add(ref hash, batch);
        return hash.Value;
    }

    private static void Add(ref Hash64 hash, FlowLog log, string topic, int partition)
    {
        var description = log.DescribePartition(topic, partition);
        hash.Add(description.FirstOffset);
        hash.Add(description.NextOffset);
        using var reader = log.OpenReader(topic, partition, description.FirstOffset);
        long lastTime = 0;
        while (reader.TryRead(out var batch))
        {
            Add(ref hash, batch);
            lastTime = batch.MaxTimestamp;
        }

        reader.Seek((description.FirstOffset + description.NextOffset) / 2);
        if (reader.TryRead(out var middle))
            Add(ref hash, middle[middle.FirstIndex]);
        hash.Add(log.FindOffset(topic, partition, lastTime));
    }

    private static void Add(ref Hash64 hash, in RecordBatch batch)
    {
        for (int i = batch.FirstIndex; i < batch.Count; i++)
            Add(ref hash, batch[i]);
    }

    private static void Add(ref Hash64 hash, in LogRecord record)
    {
        hash.Add(record.Offset);
        hash.Add(record.Timestamp);
        hash.Add((record.HasKey ? 1 : 0) + (record.IsTombstone ? 2 : 0));
        hash.Add(record.Key);
        hash.Add(record.Value);
        foreach (var header in record.Headers)
        {
            hash.Add(header.NameUtf8);
            hash.Add(header.IsNull ? -1 : header.Value.Length);
            hash.Add(header.Value);
        }
    }
}
