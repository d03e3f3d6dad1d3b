namespace Flowgen.Log.Tests.Simulation;

/// <summary>A topic as the model holds it.</summary>
internal sealed class ModelTopic(TopicSettings settings)
{
    public TopicSettings Settings { get; set; } = settings;

    public List<string> Schemas { get; private init; } = [];

    public List<ModelPartition> Partitions { get; private init; } = [.. Enumerable.Range(0, settings.Partitions).Select(_ => new ModelPartition())];

    /// <summary>Whether the time of tombstones may be over, so that compaction can have removed them.</summary>
    public bool TombstonesMayGo { get; set; }

    public bool IsCompacted => Settings.Cleanup != TopicCleanup.Delete;

    public ModelTopic Clone() => new(Settings)
    {
        Schemas = [.. Schemas],
        Partitions = [.. Partitions.Select(p => p.Clone())],
        TombstonesMayGo = TombstonesMayGo,
    };
}
