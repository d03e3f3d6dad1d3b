using System.Text;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>Reads everything that a log shows through its public surface; and the epochs of transactional ids, which it only acts upon.</summary>
internal static class LogContent
{
    public static LogModel Of(FlowLog log)
    {
        var content = new LogModel();
        foreach (var topic in log.ListTopics(includeInternal: true))
        {
            var read = new ModelTopic(topic.Settings);
            foreach (int schema in log.SchemaIds(topic.Name))
                read.Schemas.Add(Convert.ToHexString(log.GetSchema(topic.Name, schema)));
            for (int i = 0; i < topic.Partitions; i++)
                Read(log, topic.Name, i, read.Partitions[i]);
            content.Topics.Add(topic.Name, read);
        }

        foreach (string group in log.ListGroups())
        {
            foreach (var offset in log.ListGroupOffsets(group))
                content.Offsets.Add((group, offset.Topic, offset.Partition), offset.Committed);
        }

        lock (log.State.Gate)
        {
            foreach (var (id, holder) in log.State.Producers.Transactional)
                content.Epochs.Add(id, holder.Epoch);
        }

        return content;
    }

    private static void Read(FlowLog log, string topic, int partition, ModelPartition to)
    {
        var description = log.DescribePartition(topic, partition);
        to.FirstOffset = to.MayStartAt = description.FirstOffset;
        to.NextOffset = description.NextOffset;
        using var reader = log.OpenReader(topic, partition, description.FirstOffset);
        while (reader.TryRead(out var batch))
        {
            for (int i = batch.FirstIndex; i < batch.Count; i++)
                to.Records.Add(Read(batch[i]));
        }
    }

    private static ModelRecord Read(in LogRecord record)
    {
        string headers = "";
        foreach (var header in record.Headers)
            headers += $" {header.Name}:{(header.IsNull ? "null" : Encoding.UTF8.GetString(header.Value))}";
        return new ModelRecord(
            record.HasKey ? Encoding.UTF8.GetString(record.Key) : null,
            record.IsTombstone ? null : Encoding.UTF8.GetString(record.Value),
            record.Timestamp,
            headers)
        { Offset = record.Offset };
    }
}
