using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>What a log has to hold: a plain list of what was acknowledged. It knows nothing of files, batches and commits.</summary>
internal sealed class LogModel
{
    public SortedDictionary<string, ModelTopic> Topics { get; private init; } = new(StringComparer.Ordinal);

    public SortedDictionary<(string Group, string Topic, int Partition), CommittedOffset> Offsets { get; private init; } = [];

    /// <summary>The time as far as the model needs it: it passes with <see cref="Housekeep"/> only.</summary>
    public DateTimeOffset Now { get; private set; } = new SteppedTime().GetUtcNow();

    public ModelPartition Partition(string topic, int partition) => Topics[topic].Partitions[partition];

    public void Create(string topic, TopicSettings settings) => Topics.TryAdd(topic, new ModelTopic(settings));

    public void Delete(string topic)
    {
        Topics.Remove(topic);
        DeleteOffsets(o => o.Topic == topic);
    }

    public void DeleteOffsets(Func<(string Group, string Topic, int Partition), bool> which)
    {
        foreach (var key in Offsets.Keys.Where(which).ToList())
            Offsets.Remove(key);
    }

    /// <summary>Other settings, and more partitions if they say so.</summary>
    public void Alter(string topic, TopicSettings settings)
    {
        var altered = Topics[topic];
        altered.Settings = settings;
        while (altered.Partitions.Count < settings.Partitions)
            altered.Partitions.Add(new ModelPartition());
    }

    /// <summary>Time passes, and retention and compaction may do all that they are allowed to.</summary>
    public void Housekeep(TimeSpan passed)
    {
        Now += passed;
        foreach (var topic in Topics.Values)
            topic.Housekeep(Now);
    }

    public LogModel Clone()
    {
        var clone = new LogModel { Now = Now };
        foreach (var (name, topic) in Topics)
            clone.Topics.Add(name, topic.Clone());
        foreach (var (key, offset) in Offsets)
            clone.Offsets.Add(key, offset);
        return clone;
    }
}
