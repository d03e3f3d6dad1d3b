namespace Flowgen.Log.Tests.Simulation;

/// <summary>A topic as the model holds it.</summary>
internal sealed class ModelTopic(TopicSettings settings)
{
    public TopicSettings Settings { get; set; } = settings;

    public List<string> Schemas { get; private init; } = [];

    public List<ModelPartition> Partitions { get; private init; } = [.. Enumerable.Range(0, settings.Partitions).Select(_ => new ModelPartition())];

    /// <summary>Whether the time of tombstones may be over, so that compaction can have removed them.</summary>
    public bool TombstonesMayGo { get; set; }

    private DateTimeOffset? CleanedAt { get; set; }

    public bool IsCompacted => Settings.Cleanup != TopicCleanup.Delete;

    /// <summary>Retention may delete what is old, up to the first record that is not; compaction, tombstones that it may have met long enough ago.</summary>
    public void Housekeep(DateTimeOffset now)
    {
        CleanedAt ??= now;
        TombstonesMayGo |= now > CleanedAt && now - CleanedAt >= Settings.TombstoneRetention;
        if (Settings.Cleanup == TopicCleanup.Compact || Settings.Retention is not { } retention)
            return;
        foreach (var partition in Partitions)
        {
            var young = partition.Records.Find(r => r.Timestamp >= (now - retention).ToUnixTimeMilliseconds());
            partition.MayStartAt = Math.Max(partition.MayStartAt, young?.Offset ?? partition.NextOffset);
        }
    }

    public ModelTopic Clone() => new(Settings)
    {
        Schemas = [.. Schemas],
        Partitions = [.. Partitions.Select(p => p.Clone())],
        TombstonesMayGo = TombstonesMayGo,
        CleanedAt = CleanedAt,
    };
}
