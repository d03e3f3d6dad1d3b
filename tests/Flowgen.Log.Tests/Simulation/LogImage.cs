using System.Globalization;
using System.Text;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>Everything that a log holds, as text, to be compared.</summary>
internal static class LogImage
{
    public static string Of(FlowLog log)
    {
        var text = new StringBuilder();
        foreach (var topic in log.ListTopics(includeInternal: true))
        {
            text.Append(CultureInfo.InvariantCulture, $"topic {topic.Name} {topic.Partitions} {topic.Settings.Cleanup}\n");
            foreach (int schema in log.SchemaIds(topic.Name))
                text.Append(CultureInfo.InvariantCulture, $"  schema {schema} {Convert.ToHexString(log.GetSchema(topic.Name, schema))}\n");
            for (int partition = 0; partition < topic.Partitions; partition++)
                AppendPartition(text, log, topic.Name, partition);
        }

        foreach (string group in log.ListGroups())
        {
            foreach (var offset in log.ListGroupOffsets(group))
                text.Append(CultureInfo.InvariantCulture, $"group {group} {offset}\n");
        }

        return text.ToString();
    }

    private static void AppendPartition(StringBuilder text, FlowLog log, string topic, int partition)
    {
        var description = log.DescribePartition(topic, partition);
        text.Append(CultureInfo.InvariantCulture, $"  partition {partition}: {description.FirstOffset} to {description.NextOffset}:");
        using var reader = log.OpenReader(topic, partition, description.FirstOffset);
        while (reader.TryRead(out var batch))
        {
            for (int i = batch.FirstIndex; i < batch.Count; i++)
                text.Append(CultureInfo.InvariantCulture, $" {batch[i].Offset}={Encoding.UTF8.GetString(batch[i].Value)}");
        }

        text.Append('\n');
    }
}
