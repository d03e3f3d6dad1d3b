using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>
/// A partitioned log in a directory: topics with partitions of records, which producers append to and consumers read by offset. One process
/// has it open; any number of threads of that process can use it.
/// </summary>
public sealed class FlowLog : IDisposable, IAsyncDisposable
{
    private readonly IFileSystem _files;
    private readonly LogLayout _layout;
    private readonly FlowLogOptions _options;
    private readonly IDisposable _lock;
    private readonly LogState _state;
    private readonly CommitLog _commits;
    private readonly CommitThreads? _threads;
    private readonly Lock _changingTopics = new();
    private int _disposed;

    private FlowLog(IFileSystem files, LogLayout layout, FlowLogOptions options, IDisposable directoryLock, CommitMode mode)
    {
        _files = files;
        _layout = layout;
        _options = options;
        _lock = directoryLock;
        _state = new LogState(files, layout);
        _commits = new CommitLog(files, layout, options.Durability == Durability.Durable);
        Pipeline = new CommitPipeline(files, _state, _commits, options);
        Groups = new GroupCoordinator(this, Pipeline.Signal);
        Recovery = FormatFile.Check(files, layout) ? new Recovery(files, layout, _state, _commits, options.TimeProvider).Run() : CreateNew();
        if (mode == CommitMode.Threads)
            _threads = new CommitThreads(Pipeline);
        else
            Pipeline.RunOnTheCallersThread(mode);
    }

    /// <summary>The directory.</summary>
    public string Path => _layout.Root;

    /// <summary>What was found and done when the log was opened.</summary>
    public RecoveryReport Recovery { get; }

    /// <summary>Rises with every commit; see <see cref="WaitForCommitAsync"/>.</summary>
    public long CommitVersion => Pipeline.Signal.Version;

    internal CommitPipeline Pipeline { get; }

    internal GroupCoordinator Groups { get; }

    internal FlowLogOptions Options => _options;

    /// <summary>Opens the log in a directory, or creates one in an empty or new directory.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="options">How to open it.</param>
    /// <returns>The log; dispose of it to close it cleanly.</returns>
    /// <exception cref="LogLockedException">Somebody else has it open.</exception>
    /// <exception cref="LogFormatException">The directory holds something else, or a newer format.</exception>
    /// <exception cref="LogCorruptionException">The log is damaged; nothing was changed.</exception>
    public static FlowLog Open(string path, FlowLogOptions? options = null) => Open(path, options, FileSystems.ForThisMachine);

    /// <summary>Opens the log on a file system of the caller's choice.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="options">How to open it.</param>
    /// <param name="files">The file system.</param>
    /// <returns>The log; dispose of it to close it cleanly.</returns>
    public static FlowLog Open(string path, FlowLogOptions? options, IFileSystem files) => Open(path, options, files, CommitMode.Threads);

    internal static FlowLog Open(string path, FlowLogOptions? options, IFileSystem files, CommitMode mode)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new FlowLogOptions();
        options.Validate();
        var layout = new LogLayout(System.IO.Path.GetFullPath(path));
        FormatFile.Check(files, layout); // before the lock file is touched: a foreign directory stays as it is
        files.CreateDirectory(layout.Root);
        var directoryLock = files.TryLock(layout.Lock, out int? holder) ?? throw Locked(layout, holder);
        try
        {
            return new FlowLog(files, layout, options, directoryLock, mode);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    /// <summary>Creates a topic.</summary>
    /// <param name="name">Its name: letters, digits, '.', '_' and '-'.</param>
    /// <param name="settings">Partitions, cleanup, retention.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="TopicExistsException">There is one of that name.</exception>
    /// <exception cref="InvalidTopicNameException">The name cannot be used.</exception>
    public TopicDescription CreateTopic(string name, TopicSettings settings)
    {
        LogName.Validate("topic", name);
        settings.Validate(name);
        lock (_changingTopics)
        {
            lock (_state.Gate)
            {
                if (_state.TryGetTopic(name, out _))
                    throw new TopicExistsException($"There is a topic '{name}' already. Use another name, or EnsureTopic to take it as it is.");
                if (_state.FindTopicIgnoringCase(name) is { } twin)
                    throw new InvalidTopicNameException($"'{name}' differs from the topic '{twin.Description.Name}' only in case, which not every file system can tell apart. Use another name.");
            }

            return Create(new TopicDescription(name, settings, Now()));
        }
    }

    /// <summary>Creates a topic, or finds the one that exists.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="settings">What it has to be like.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="TopicMismatchException">It exists with another number of partitions or another cleanup.</exception>
    public TopicDescription EnsureTopic(string name, TopicSettings settings)
    {
        lock (_changingTopics)
        {
            if (!TryDescribeTopic(name, out var topic))
                return CreateTopic(name, settings);
            if (topic.Partitions != settings.Partitions || topic.Settings.Cleanup != settings.Cleanup)
                throw new TopicMismatchException($"Topic '{name}' exists with {topic.Partitions} partitions and cleanup {topic.Settings.Cleanup}, but {settings.Partitions} partitions and cleanup {settings.Cleanup} are asked for. Ask for what exists, or use another topic.");
            return topic;
        }
    }

    /// <summary>Looks for a topic.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="topic">The topic.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryDescribeTopic(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TopicDescription? topic)
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

    /// <summary>What a partition holds.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <returns>Its offsets and size.</returns>
    public PartitionDescription DescribePartition(string topic, int partition)
    {
        var found = _state.GetPartition(topic, partition);
        lock (_state.Gate)
            return found.Describe();
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

    /// <summary>Opens a reader of a partition.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">Offset of the first record to read; it may be the one that the next record will get.</param>
    /// <returns>The reader.</returns>
    public PartitionReader OpenReader(string topic, int partition, long offset) => new(_state, _state.GetPartition(topic, partition), offset);

    /// <summary>Begins a transaction.</summary>
    /// <returns>The transaction.</returns>
    public LogTransaction BeginTransaction()
    {
        ThrowIfDisposed();
        return new LogTransaction(_state, Pipeline, _options);
    }

    /// <summary>Makes a producer.</summary>
    /// <param name="options">How it batches.</param>
    /// <returns>The producer; dispose of it before the log.</returns>
    public Producer CreateProducer(ProducerOptions? options = null)
    {
        ThrowIfDisposed();
        return new Producer(this, options ?? new ProducerOptions());
    }

    /// <summary>Makes a consumer.</summary>
    /// <param name="options">Its group, and where it starts.</param>
    /// <returns>The consumer; dispose of it before the log.</returns>
    public Consumer CreateConsumer(ConsumerOptions? options = null)
    {
        ThrowIfDisposed();
        return new Consumer(this, options ?? new ConsumerOptions());
    }

    /// <summary>How far a group has read a partition.</summary>
    /// <param name="group">The group.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <returns>The committed offset, or null if there is none.</returns>
    public CommittedOffset? GetCommitted(string group, string topic, int partition)
    {
        lock (_state.Gate)
            return _state.TryGetTopic(topic, out var found) ? _state.Committed(group, found.Id, partition) : null;
    }

    /// <summary>Groups that have committed an offset, by name.</summary>
    /// <returns>The groups.</returns>
    public IReadOnlyList<string> ListGroups()
    {
        lock (_state.Gate)
            return [.. _state.Groups];
    }

    /// <summary>Committed offsets of a group, by topic and partition; empty for a group that has none.</summary>
    /// <param name="group">The group.</param>
    /// <returns>The offsets.</returns>
    public IReadOnlyList<GroupOffset> DescribeGroup(string group)
    {
        lock (_state.Gate)
            return [.. _state.Offsets(group).OrderBy(o => o.Topic, StringComparer.Ordinal).ThenBy(o => o.Partition)];
    }

    /// <summary>Finds the first record whose timestamp is at or behind a time. Reads the headers of the batches.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="timestamp">The time in Unix milliseconds.</param>
    /// <returns>Its offset; the offset that the next record will get if there is none.</returns>
    public long FindOffset(string topic, int partition, long timestamp) => TimeSearch.Find(_state, _state.GetPartition(topic, partition), timestamp);

    /// <summary>Deletes the records of a partition before an offset. Files go when all of their records are deleted. Durable when it returns.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">Offset of the first record to keep; behind the end it deletes all records.</param>
    public void DeleteRecordsBefore(string topic, int partition, long offset)
    {
        var found = _state.GetPartition(topic, partition);
        lock (_changingTopics)
        {
            lock (_state.Gate)
            {
                offset = Math.Min(offset, found.NextOffset);
                if (offset <= found.FirstOffset)
                    return;
            }

            var request = new CommitRequest();
            request.Entries.WriteFirstOffset(found, offset);
            Commit(request);
        }
    }

    /// <summary>Waits for the next commit, without polling.</summary>
    /// <param name="afterVersion">What <see cref="CommitVersion"/> was before the caller looked for records and found none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when there has been a commit since.</returns>
    public ValueTask WaitForCommitAsync(long afterVersion, CancellationToken cancellationToken = default) =>
        new(Pipeline.Signal.WaitAsync(afterVersion, cancellationToken));

    /// <summary>Commits what was submitted and closes the log, with a marker that says so.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        Pipeline.Close();
        _threads?.Dispose();
        try
        {
            CloseCleanly();
        }
        finally
        {
            foreach (var partition in _state.Topics.SelectMany(t => t.Partitions))
                partition.Appender.Close();
            Pipeline.ReleaseBuffered();
            _commits.Dispose();
            _lock.Dispose();
        }
    }

    /// <inheritdoc cref="Dispose"/>
    /// <returns>A task that ends when the log is closed.</returns>
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    private const int MaxSchemaBytes = 1 << 20;

    private static LogLockedException Locked(LogLayout layout, int? holder) =>
        new($"The log in '{layout.Root}' is in use by {(holder is null ? "another process" : FormattableString.Invariant($"process {holder}"))}. Stop it, or use another directory.");

    private RecoveryReport CreateNew()
    {
        _files.CreateDirectory(_layout.Commits);
        _files.CreateDirectory(_layout.Topics);
        _files.SyncDirectory(_layout.Root);
        _state.Sequence = 1;
        _commits.Rotate(_state, Now());
        FormatFile.Write(_files, _layout);
        if (System.IO.Path.GetDirectoryName(_layout.Root) is { } parent)
            _files.SyncDirectory(parent);
        return new RecoveryReport(WasClosedCleanly: true, 0, 0, []);
    }

    // The directories are durable before a commit names them; without the commit they are empty and in nobody's way.
    private TopicDescription Create(TopicDescription topic)
    {
        CreateDirectories(topic);
        Pipeline.SyncDirectory(_layout.Topic(topic.Name));
        Pipeline.SyncDirectory(_layout.Topics);
        var request = new CommitRequest();
        request.Entries.WriteTopic(_state.NextTopicId, topic);
        Commit(request);
        return topic;
    }

    private void CreateDirectories(TopicDescription topic)
    {
        try
        {
            _files.CreateDirectory(_layout.Topic(topic.Name));
            for (int i = 0; i < topic.Partitions; i++)
                _files.CreateDirectory(_layout.Partition(topic.Name, i));
        }
        catch (IOException e)
        {
            throw new LogWriteException($"The directories of topic '{topic.Name}' could not be created: {e.Message} Make room or repair the disk, and create the topic again.", e);
        }
    }

    private void Commit(CommitRequest request)
    {
        Pipeline.Submit(request);
        request.Done.GetAwaiter().GetResult();
    }

    private void CloseCleanly()
    {
        if (Pipeline.IsPoisoned)
            return;
        Pipeline.SyncBuffered();
        new CleanMarker(_commits.FirstSequence, _commits.Position, _state.Sequence).Write(_files, _layout);
    }

    private long Now() => _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed != 0, this);
}
