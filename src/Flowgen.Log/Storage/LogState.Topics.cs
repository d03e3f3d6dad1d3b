using Flowgen.Log.Commits;

namespace Flowgen.Log.Storage;

/// <content>Topics and their schemas.</content>
internal sealed partial class LogState
{
    private static long _lastTopicsVersion; // of all states of the process
    private long _topicsVersion;

    /// <summary>Another one whenever a topic is created, deleted, or gets more partitions, and for each state that takes the place of another.</summary>
    public long TopicsVersion => Volatile.Read(ref _topicsVersion);

    private void WriteTopics(ByteBuffer to)
    {
        if (NextTopicId > 1 && !_topicsById.ContainsKey(NextTopicId - 1))
            to.WriteTopicDeleted(NextTopicId - 1); // its id is not given again
        foreach (var topic in _topics.Values)
        {
            to.WriteTopic(topic.Id, topic.Description);
            for (int i = 0; i < topic.Schemas.Count; i++)
                to.WriteSchema(topic.Id, i + 1, topic.Schemas[i]);
            foreach (var partition in topic.Partitions)
                WritePartition(to, partition);
        }
    }

    private void ApplyTopic(ref CommitEntryReader reader)
    {
        int id = reader.ReadInt32();
        string name = reader.ReadText();
        var settings = TopicSettingsFormat.ReadSettings(ref reader);
        var description = new TopicDescription(name, settings, reader.ReadInt64());
        LogName.Validate("topic", name);
        CheckSettings(settings, name);
        if (_topics.Count >= options.MaxTopics)
            throw Contradiction($"it has more than {options.MaxTopics} topics");
        var topic = new TopicState(files, layout, id, description, IsBorrowed);
        if (!_topicsById.TryAdd(id, topic) || !_topics.TryAdd(name, topic))
            throw Contradiction($"topic {id} '{name}' is created twice");
        NextTopicId = Math.Max(NextTopicId, id + 1);
        TopicsChanged();
    }

    private static void CheckSettings(TopicSettings settings, string name)
    {
        try
        {
            settings.Validate(name);
        }
        catch (ArgumentException e)
        {
            throw Contradiction(e.Message);
        }
    }

    private void ApplySchema(ref CommitEntryReader reader)
    {
        var topic = Topic(reader.ReadInt32());
        int schemaId = reader.ReadInt32();
        if (schemaId != topic.Schemas.Count + 1)
            throw Contradiction($"schema {schemaId} of '{topic.Description.Name}' follows schema {topic.Schemas.Count}");
        topic.Schemas.Add(reader.ReadBytes().ToArray());
    }

    private void ApplyTopicAltered(ref CommitEntryReader reader)
    {
        var topic = Topic(reader.ReadInt32());
        var settings = TopicSettingsFormat.ReadSettings(ref reader);
        CheckSettings(settings, topic.Description.Name);
        if (settings.Partitions < topic.Partitions.Length)
            throw Contradiction($"'{topic.Description.Name}' shrinks from {topic.Partitions.Length} to {settings.Partitions} partitions");
        topic.Alter(settings);
        TopicsChanged();
    }

    private void ApplyTopicDeleted(ref CommitEntryReader reader)
    {
        int id = reader.ReadInt32();
        NextTopicId = Math.Max(NextTopicId, id + 1);
        if (!_topicsById.Remove(id, out var topic))
            return; // it was deleted before the checkpoint
        _topics.Remove(topic.Description.Name);
        foreach (var partition in topic.Partitions)
        {
            partition.IsDeleted = true;
            Dropped.RemoveAll(s => Path.GetDirectoryName(s.Path) == partition.Directory); // another topic may have files of these names soon
        }

        Groups.DeleteTopic(id);
        TopicsChanged();
    }

    private void TopicsChanged() => Volatile.Write(ref _topicsVersion, Interlocked.Increment(ref _lastTopicsVersion));
}
