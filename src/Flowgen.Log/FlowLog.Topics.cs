using System.Diagnostics.CodeAnalysis;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <content>Topics and their schemas.</content>
public sealed partial class FlowLog
{
    private const int MaxSchemaBytes = 1 << 20;

    /// <summary>Creates a topic.</summary>
    /// <param name="name">Its name: letters, digits, '.', '_' and '-'.</param>
    /// <param name="settings">Partitions, cleanup, retention.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="TopicExistsException">There is one of that name.</exception>
    /// <exception cref="InvalidTopicNameException">The name cannot be used.</exception>
    /// <exception cref="FlowLogException">The log has 100,000 topics, which is the most it can have.</exception>
    /// <exception cref="DiskFullException">There is no room; nothing of the topic is left.</exception>
    /// <exception cref="LogPoisonedException">The log takes nothing any more until it is opened again.</exception>
    public TopicDescription CreateTopic(string name, TopicSettings settings)
    {
        ThrowIfReadOnly();
        LogName.Validate("topic", name);
        settings.Validate(name);
        lock (_changingTopics)
        {
            ThrowIfDisposed(); // inside: who disposes of the log waits here, before another owner may have the directory
            lock (_state.Gate)
            {
                if (_state.TryGetTopic(name, out _))
                    throw new TopicExistsException($"There is a topic '{name}' already. Use another name, or EnsureTopic to take it as it is.");
                if (_state.FindTopicIgnoringCase(name) is { } twin)
                    throw new InvalidTopicNameException($"'{name}' differs from the topic '{twin.Description.Name}' only in case, which not every file system can tell apart. Use another name.");
                if (_state.TopicCount >= _options.MaxTopics)
                    throw new FlowLogException($"A log has at most {_options.MaxTopics} topics, and '{name}' would be one more. Delete a topic, or use another log.");
            }

            return Create(new TopicDescription(name, settings, Now()));
        }
    }

    /// <summary>Creates a topic, or finds the one that exists.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="settings">What it has to be like.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="TopicMismatchException">It exists with another number of partitions or another cleanup.</exception>
    /// <exception cref="DiskFullException">There is no room; nothing of the topic is left.</exception>
    /// <exception cref="LogPoisonedException">The log takes nothing any more until it is opened again.</exception>
    public TopicDescription EnsureTopic(string name, TopicSettings settings)
    {
        lock (_changingTopics)
        {
            ThrowIfDisposed();
            if (!TryDescribeTopic(name, out var topic))
                return CreateTopic(name, settings);
            if (topic.Partitions != settings.Partitions || topic.Settings.Cleanup != settings.Cleanup)
                throw new TopicMismatchException($"Topic '{name}' exists with {topic.Partitions} partitions and cleanup {topic.Settings.Cleanup}, but {settings.Partitions} partitions and cleanup {settings.Cleanup} are asked for. Ask for what exists, or use another topic.");
            return topic;
        }
    }

    /// <summary>Changes the settings of a topic: <c>log.AlterTopic(name, log.DescribeTopic(name).Settings with { … })</c>. They take effect with the next append, and the next run of retention and compaction.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="settings">What it is to be like; as many partitions as it has, or more. Records stay where they are: with more partitions, a key may go on in another one.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="UnknownTopicException">There is none.</exception>
    /// <exception cref="ArgumentException">A setting is out of its range, or there would be fewer partitions.</exception>
    /// <exception cref="FlowLogException">There would be more partitions, and an app runs on the topic.</exception>
    /// <exception cref="DiskFullException">There is no room; the topic is as it was.</exception>
    /// <exception cref="LogPoisonedException">The log takes nothing any more until it is opened again.</exception>
    public TopicDescription AlterTopic(string name, TopicSettings settings)
    {
        ThrowIfReadOnly();
        settings.Validate(name);
        lock (_changingTopics)
        {
            ThrowIfDisposed();
            Pipeline.ThrowIfPoisoned(); // before directories are made for what cannot be committed
            TopicState topic;
            lock (_state.Gate)
                topic = _state.GetTopic(name);
            if (settings.Partitions < topic.Partitions.Length)
                throw new ArgumentException($"Topic '{name}' has {topic.Partitions.Length} partitions and cannot have {settings.Partitions}: records would be lost. Ask for as many or more, or create another topic.", nameof(settings));
            if (settings.Partitions > topic.Partitions.Length && Groups.AppOn(name) is { } app)
                throw new FlowLogException($"Topic '{name}' cannot have more partitions while app '{app}' runs, which knows only the {topic.Partitions.Length} that were there when it started. Stop the app, add the partitions, and start it again; state by the key of the topic does not follow keys into other partitions, so a stage that keeps some needs another name then.");
            if (settings.Partitions > topic.Partitions.Length)
                CreateDirectories(name, topic.Partitions.Length, settings.Partitions);
            var request = new CommitRequest { IsSynced = true };
            request.Entries.WriteTopicAltered(topic.Id, settings);
            Commit(request);
            return topic.Description;
        }
    }

    /// <summary>
    /// Deletes a topic with its records, its schemas, and the offsets that groups have committed for it. Readers and transactions that are in
    /// the middle of it get a <see cref="TopicDeletedException"/>. A topic of the same name that is created later is another one. Files that cannot
    /// be deleted now are deleted later, and are among the <see cref="HousekeepingFailures"/> until then.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="UnknownTopicException">There is none.</exception>
    /// <exception cref="LogWriteException">The deletion could not be written; the topic is as it was.</exception>
    public void DeleteTopic(string name)
    {
        ThrowIfReadOnly();
        lock (_changingTopics)
        {
            ThrowIfDisposed();
            TopicState topic;
            lock (_state.Gate)
                topic = _state.GetTopic(name);
            var request = new CommitRequest { Change = WriterChange.Retire(topic.Partitions), IsSynced = true };
            request.Entries.WriteTopicDeleted(topic.Id);
            Commit(request);
            Pipeline.WriteBack.ForgetDeleted();
            ForgetFailures(topic);
            _deletedTopics.Delete(name, topic.Partitions.SelectMany(p => p.Segments));
        }
    }

    /// <summary>Looks for a topic.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="topic">The topic.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryDescribeTopic(string name, [NotNullWhen(true)] out TopicDescription? topic)
    {
        lock (_state.Gate)
            topic = _state.TryGetTopic(name, out var found) ? found.Description : null;
        return topic is not null;
    }

    /// <summary>Finds a topic.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="UnknownTopicException">There is none.</exception>
    public TopicDescription DescribeTopic(string name)
    {
        lock (_state.Gate)
            return _state.GetTopic(name).Description;
    }

    /// <summary>The topics, by name.</summary>
    /// <param name="includeInternal">Also those that apps keep for themselves, whose names start with two underscores.</param>
    /// <returns>The topics.</returns>
    public IReadOnlyList<TopicDescription> ListTopics(bool includeInternal = false)
    {
        lock (_state.Gate)
            return [.. _state.Topics.Select(t => t.Description).Where(t => includeInternal || !t.IsInternal).OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    /// <summary>Registers a schema of the values of a topic. The same bytes get the same id.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="schema">The schema, at most 1 MiB; the log does not look into it.</param>
    /// <returns>Its id, 1 or more; durable.</returns>
    public int RegisterSchema(string topic, ReadOnlySpan<byte> schema)
    {
        if (schema.Length > MaxSchemaBytes)
            throw new ArgumentException($"A schema has at most {MaxSchemaBytes} bytes, not {schema.Length}.", nameof(schema));
        lock (_changingTopics)
        {
            ThrowIfDisposed();
            int id;
            TopicState found;
            lock (_state.Gate)
            {
                found = _state.GetTopic(topic);
                id = found.FindSchema(schema);
                if (id > 0)
                    return id;
                id = found.Schemas.Count + 1;
            }

            var request = new CommitRequest();
            request.Entries.WriteSchema(found.Id, id, schema);
            Commit(request);
            return id;
        }
    }

    /// <summary>A schema of a topic.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="schemaId">Its id.</param>
    /// <returns>The bytes that were registered.</returns>
    /// <exception cref="FlowLogException">There is no such schema.</exception>
    public byte[] GetSchema(string topic, int schemaId)
    {
        lock (_state.Gate)
        {
            var schemas = _state.GetTopic(topic).Schemas;
            if (schemaId < 1 || schemaId > schemas.Count)
                throw new FlowLogException($"Topic '{topic}' has no schema {schemaId}; it has {schemas.Count}.");
            return [.. schemas[schemaId - 1]];
        }
    }

    /// <summary>Ids of the schemas of a topic, the oldest first.</summary>
    /// <param name="topic">The topic.</param>
    /// <returns>The ids.</returns>
    public IReadOnlyList<int> SchemaIds(string topic)
    {
        lock (_state.Gate)
            return [.. Enumerable.Range(1, _state.GetTopic(topic).Schemas.Count)];
    }

    private TopicDescription Create(TopicDescription topic)
    {
        Pipeline.ThrowIfPoisoned(); // what looks like a leftover may be a topic whose creation has poisoned the log
        DeleteLeftovers(topic.Name);
        CreateDirectories(topic.Name, 0, topic.Partitions);
        Pipeline.SyncDirectory(_layout.Topics);
        var request = new CommitRequest { IsSynced = true };
        request.Entries.WriteTopic(_state.NextTopicId, topic);
        Commit(request);
        return topic;
    }

    // The directories are durable before a commit names them; without the commit they are empty and in nobody's way.
    private void CreateDirectories(string topic, int from, int to)
    {
        try
        {
            _files.CreateDirectory(_layout.Topic(topic));
            for (int i = from; i < to; i++)
                _files.CreateDirectory(_layout.Partition(topic, i));
        }
        catch (IOException e) when (DiskSpace.IsUsedUp(e))
        {
            throw new DiskFullException($"There is no room for the directories of topic '{topic}': {e.Message} Make room and try again, the log need not be opened anew.", e);
        }
        catch (IOException e)
        {
            throw new LogWriteException($"The directories of topic '{topic}' could not be created: {e.Message} Repair the disk, and try again.", e);
        }

        Pipeline.SyncDirectory(_layout.Topic(topic));
    }

    // What is left of a deleted topic of that name.
    private void DeleteLeftovers(string topic)
    {
        try
        {
            if (_files.List(_layout.Topic(topic)).Count > 0)
                TopicFiles.Delete(_files, _layout, topic);
            _deletedTopics.Forget(topic);
        }
        catch (IOException e)
        {
            throw new LogWriteException($"The files of the former topic '{topic}' could not be deleted: {e.Message} Repair the disk, and try again.", e);
        }
    }
}
