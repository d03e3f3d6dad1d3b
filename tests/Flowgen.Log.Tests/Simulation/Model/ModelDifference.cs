namespace Flowgen.Log.Tests.Simulation;

/// <summary>Says how a log differs from what it has to hold; null if it does not.</summary>
internal static class ModelDifference
{
    public static string? Between(LogModel expected, LogModel actual)
    {
        if (!expected.Topics.Keys.SequenceEqual(actual.Topics.Keys))
            return $"the topics are {string.Join(", ", actual.Topics.Keys)} instead of {string.Join(", ", expected.Topics.Keys)}";
        foreach (var (name, topic) in expected.Topics)
        {
            if (OfTopic(topic, actual.Topics[name]) is { } difference)
                return $"topic {name}: {difference}";
        }

        if (!expected.Epochs.SequenceEqual(actual.Epochs))
            return $"the epochs of transactional ids are {string.Join(", ", actual.Epochs)} instead of {string.Join(", ", expected.Epochs)}";
        return expected.Offsets.SequenceEqual(actual.Offsets)
            ? null
            : $"the offsets of groups are {string.Join(", ", actual.Offsets)} instead of {string.Join(", ", expected.Offsets)}";
    }

    private static string? OfTopic(ModelTopic expected, ModelTopic actual)
    {
        if (expected.Settings != actual.Settings)
            return $"its settings are {actual.Settings} instead of {expected.Settings}";
        if (!expected.Schemas.SequenceEqual(actual.Schemas))
            return $"its schemas are {string.Join(", ", actual.Schemas)} instead of {string.Join(", ", expected.Schemas)}";
        for (int i = 0; i < expected.Partitions.Count; i++)
        {
            if (OfPartition(expected, expected.Partitions[i], actual.Partitions[i]) is { } difference)
                return $"partition {i}: {difference}";
        }

        return null;
    }

    private static string? OfPartition(ModelTopic topic, ModelPartition expected, ModelPartition actual)
    {
        if (actual.NextOffset != expected.NextOffset)
            return $"it ends at {actual.NextOffset} instead of {expected.NextOffset}";
        if (actual.FirstOffset < expected.FirstOffset || actual.FirstOffset > expected.MayStartAt)
            return $"it starts at {actual.FirstOffset} instead of {expected.FirstOffset} to {expected.MayStartAt}";
        int next = 0;
        foreach (var record in expected.Records.Where(r => r.Offset >= actual.FirstOffset))
        {
            if (next < actual.Records.Count && actual.Records[next] == record)
                next++;
            else if (!MayBeGone(topic, expected, record))
                return $"record {record} is missing; it holds {string.Join(' ', actual.Records)}";
        }

        return next == actual.Records.Count ? null : $"it holds {actual.Records[next]}, which was never acknowledged";
    }

    // Compaction keeps the newest record of each key, and tombstones for their time.
    private static bool MayBeGone(ModelTopic topic, ModelPartition partition, ModelRecord record) =>
        topic.IsCompacted && (partition.Records.Exists(r => r.Offset > record.Offset && r.Key == record.Key) || (record.Value is null && topic.TombstonesMayGo));
}
