using System.Text;

namespace Flowgen.Log.Tests.Support;

internal static class LogTestExtensions
{
    public static void Append(this FlowLog log, string topic, int partition, params string[] values)
    {
        using var transaction = log.BeginTransaction();
        transaction.Append(topic, partition, Batch(values));
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }

    public static void CommitOffset(this FlowLog log, string group, string topic, int partition, long offset, string metadata)
    {
        using var transaction = log.BeginTransaction();
        transaction.SetOffset(group, topic, partition, offset, metadata);
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Commits 1 MiB of offsets of one group, the last of which counts.</summary>
    public static void CommitLargeRecord(this FlowLog log, string group, string topic, long offset)
    {
        using var transaction = log.BeginTransaction();
        for (int i = 0; i < 256; i++)
            transaction.SetOffset(group, topic, 0, offset, new string('x', 4096));
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }

    public static BatchBuilder Batch(params string[] values)
    {
        var batch = new BatchBuilder();
        foreach (string value in values)
            batch.Add(timestamp: 1_000, default, keyIsNull: true, Encoding.UTF8.GetBytes(value), valueIsNull: false);
        return batch;
    }

    public static List<string> ReadAll(this FlowLog log, string topic, int partition, long? from = null)
    {
        using var reader = log.OpenReader(topic, partition, from ?? log.DescribePartition(topic, partition).FirstOffset);
        var values = new List<string>();
        while (reader.TryRead(out var batch))
        {
            for (int i = batch.FirstIndex; i < batch.Count; i++)
                values.Add(Encoding.UTF8.GetString(batch[i].Value));
        }

        return values;
    }
}
