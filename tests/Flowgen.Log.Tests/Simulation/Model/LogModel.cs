using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>What a log has to hold: a plain list of what was acknowledged. It knows nothing of files, batches and commits.</summary>
internal sealed class LogModel
{
    public SortedDictionary<string, ModelTopic> Topics { get; private init; } = new(StringComparer.Ordinal);

    public SortedDictionary<(string Group, string Topic, int Partition), CommittedOffset> Offsets { get; private init; } = [];

    /// <summary>The newest epoch of each transactional id.</summary>
    public SortedDictionary<string, int> Epochs { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>What the backups hold, by directory. They are no part of the log.</summary>
    public SortedDictionary<string, LogModel> Backups { get; private init; } = new(StringComparer.Ordinal);

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

    /// <summary>Another producer takes a transactional id: its epoch is newer.</summary>
    public void TakeOver(string transactionalId) => Epochs[transactionalId] = Epochs.TryGetValue(transactionalId, out int epoch) ? epoch + 1 : 0;

    /// <summary>A commit while a backup is under way, which does not get into it.</summary>
    public void CommitDuringBackup(Action<LogModel> effect)
    {
        BackedUp = Clone();
        effect(this);
    }

    public void EndBackup(string directory)
    {
        Backups[directory] = BackedUp ?? Clone(); // the commit may have failed
        BackedUp = null;
    }

    public LogModel Clone()
    {
        var clone = new LogModel { Now = Now, BackedUp = BackedUp };
        foreach (var (name, topic) in Topics)
            clone.Topics.Add(name, topic.Clone());
        foreach (var (key, offset) in Offsets)
            clone.Offsets.Add(key, offset);
        foreach (var (id, epoch) in Epochs)
            clone.Epochs.Add(id, epoch);
        foreach (var (directory, held) in Backups)
            clone.Backups.Add(directory, held);
        return clone;
    }

    private LogModel? BackedUp { get; set; }
}
