namespace Flowgen.Log.Tests.Simulation;

/// <summary>
/// Says where seeks lead to another record than reading from the beginning does. Indexes are derived: they may be lost, torn or old after a
/// crash, and nobody may notice.
/// </summary>
internal static class SeekCheck
{
    /// <summary>What is wrong, or null.</summary>
    /// <param name="log">The log.</param>
    /// <param name="content">What reading it shows.</param>
    public static string? Violation(FlowLog log, LogModel content)
    {
        foreach (var (topic, held) in content.Topics)
        {
            for (int i = 0; i < held.Partitions.Count; i++)
            {
                if (Violation(log, topic, i, held.Partitions[i]) is { } wrong)
                    return $"{topic}-{i}: {wrong}";
            }
        }

        return null;
    }

    private static string? Violation(FlowLog log, string topic, int partition, ModelPartition held)
    {
        if (held.Records.Count == 0)
            return null;
        using var reader = log.OpenReader(topic, partition, held.FirstOffset);
        for (int i = 0; i < held.Records.Count; i += 1 + (held.Records.Count / 3))
        {
            var record = held.Records[i];
            reader.Seek(record.Offset);
            long found = reader.TryRead(out var batch) ? batch[batch.FirstIndex].Offset : held.NextOffset;
            if (found != record.Offset)
                return $"a seek to {record.Offset} leads to {found}";
            long expected = held.Records.First(r => r.Timestamp >= record.Timestamp).Offset;
            if (log.FindOffset(topic, partition, record.Timestamp) is var inTime && inTime != expected)
                return $"a seek to the time {record.Timestamp} leads to {inTime} instead of {expected}";
        }

        return null;
    }
}
