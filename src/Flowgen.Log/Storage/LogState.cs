using Flowgen.Log.Commits;
using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>
/// What is committed: topics, schemas, segments and how far they reach, offsets of groups. It changes only by applying the entries of a
/// commit record, in recovery and in life alike, and as one step for everybody who looks at it inside the gate.
/// </summary>
internal sealed class LogState(IFileSystem files, LogLayout layout, Lock? gate = null)
{
    private const int MaxTopics = 100_000;

    private readonly Dictionary<string, TopicState> _topics = new(StringComparer.Ordinal);
    private readonly Dictionary<int, TopicState> _topicsById = [];
    private readonly SortedDictionary<string, Dictionary<(int Topic, int Partition), CommittedOffset>> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<(Partition, long), Segment> _written = [];

    public Lock Gate { get; } = gate ?? new();

    /// <summary>In a log that is open to read only: the state that has taken the place of this one, because the owner began a new commit file.</summary>
    public LogState? Successor { get; set; }

    /// <summary>In a log that is open to read only: looks for newer commits.</summary>
    public Action? CatchUp { get; init; }

    /// <summary>Sequence of the last commit.</summary>
    public long Sequence { get; set; }

    public int NextTopicId { get; private set; } = 1;

    /// <summary>Segments that a commit has dropped and whose files are to be deleted.</summary>
    public List<Segment> Dropped { get; } = [];

    public IEnumerable<TopicState> Topics => _topics.Values;

    public IEnumerable<string> Groups => _groups.Keys;

    public bool TryGetTopic(string name, out TopicState topic) => _topics.TryGetValue(name, out topic!);

    /// <summary>Finds a topic. Call it inside the gate.</summary>
    public TopicState GetTopic(string name) => _topics.TryGetValue(name, out var topic)
        ? topic
        : throw new UnknownTopicException($"There is no topic '{name}'. Create it first, or look at the list of topics for the right name.");

    /// <summary>Finds a partition. Takes the gate.</summary>
    public Partition GetPartition(string topic, int partition)
    {
        TopicState found;
        lock (Gate)
            found = GetTopic(topic);
        return (uint)partition < (uint)found.Partitions.Length
            ? found.Partitions[partition]
            : throw new UnknownTopicException($"Topic '{topic}' has no partition {partition}; it has 0 to {found.Partitions.Length - 1}.");
    }

    /// <summary>Finds a partition that a former state had. Call it inside the gate.</summary>
    public Partition GetPartition(int topicId, string topic, int partition) => _topicsById.TryGetValue(topicId, out var found)
        ? found.Partitions[partition]
        : throw new UnknownTopicException($"The topic '{topic}' has been deleted.");

    public TopicState? FindTopicIgnoringCase(string name) =>
        _topics.Values.FirstOrDefault(t => t.Description.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public CommittedOffset? Committed(string group, int topicId, int partition) =>
        _groups.TryGetValue(group, out var offsets) && offsets.TryGetValue((topicId, partition), out var committed) ? committed : null;

    public IEnumerable<GroupOffset> Offsets(string group) => _groups.TryGetValue(group, out var offsets)
        ? offsets.Select(o => new GroupOffset(_topicsById[o.Key.Topic].Description.Name, o.Key.Partition, o.Value))
        : [];

    /// <summary>Applies the entries of a commit. Segments that the writing thread has open are handed over with it.</summary>
    public void Apply(ReadOnlySpan<byte> entries, IEnumerable<SegmentEnd> written)
    {
        foreach (var end in written)
            _written[(end.Partition, end.Segment.BaseOffset)] = end.Segment;
        var reader = new CommitEntryReader(entries);
        while (!reader.AtEnd)
            ApplyEntry(ref reader);
        _written.Clear();
    }

    /// <summary>Writes entries from which the whole state comes back.</summary>
    public void WriteCheckpoint(ByteBuffer to)
    {
        foreach (var topic in _topics.Values)
        {
            to.WriteTopic(topic.Id, topic.Description);
            for (int i = 0; i < topic.Schemas.Count; i++)
                to.WriteSchema(topic.Id, i + 1, topic.Schemas[i]);
            foreach (var partition in topic.Partitions)
            {
                foreach (var segment in partition.Segments)
                    to.WriteSegmentEnd(partition, segment, segment.CommittedEnd, segment.NextOffset, segment.MaxTimestamp);
                to.WriteFirstOffset(partition, partition.FirstOffset);
            }
        }

        foreach (var (group, offsets) in _groups)
        {
            foreach (var (key, committed) in offsets)
                to.WriteGroupOffset(group, key.Topic, key.Partition, committed);
        }
    }

    private void ApplyEntry(ref CommitEntryReader reader)
    {
        byte kind = reader.ReadByte();
        switch ((CommitEntryKind)kind)
        {
            case CommitEntryKind.Topic:
                ApplyTopic(ref reader);
                break;
            case CommitEntryKind.Schema:
                ApplySchema(ref reader);
                break;
            case CommitEntryKind.SegmentEnd:
                ApplySegmentEnd(ref reader);
                break;
            case CommitEntryKind.FirstOffset:
                ApplyFirstOffset(ref reader);
                break;
            case CommitEntryKind.GroupOffset:
                ApplyGroupOffset(ref reader);
                break;
            default:
                throw new LogFormatException($"A commit record holds an entry of kind {kind}, which this program does not know. Nothing was changed; open the log with a newer Flowgen.");
        }
    }

    private void ApplyTopic(ref CommitEntryReader reader)
    {
        int id = reader.ReadInt32();
        string name = reader.ReadText();
        var settings = TopicSettingsFormat.ReadSettings(ref reader);
        var description = new TopicDescription(name, settings, reader.ReadInt64());
        LogName.Validate("topic", name);
        settings.Validate(name);
        if (_topics.Count >= MaxTopics)
            throw new FlowLogException($"A log has at most {MaxTopics} topics.");
        var topic = new TopicState(files, layout, id, description);
        if (!_topicsById.TryAdd(id, topic) || !_topics.TryAdd(name, topic))
            throw Contradiction($"topic {id} '{name}' is created twice");
        NextTopicId = Math.Max(NextTopicId, id + 1);
    }

    private void ApplySchema(ref CommitEntryReader reader)
    {
        var topic = Topic(reader.ReadInt32());
        int schemaId = reader.ReadInt32();
        if (schemaId != topic.Schemas.Count + 1)
            throw Contradiction($"schema {schemaId} of '{topic.Description.Name}' follows schema {topic.Schemas.Count}");
        topic.Schemas.Add(reader.ReadBytes().ToArray());
    }

    private void ApplySegmentEnd(ref CommitEntryReader reader)
    {
        var partition = PartitionOf(ref reader);
        long baseOffset = reader.ReadInt64();
        int generation = reader.ReadInt32();
        long end = reader.ReadInt64();
        long nextOffset = reader.ReadInt64();
        long maxTimestamp = reader.ReadInt64();
        var segment = SegmentAt(partition, baseOffset, generation);
        if (end < segment.CommittedEnd || end < SegmentHeader.Size || nextOffset < segment.NextOffset)
            throw Contradiction($"the segment {baseOffset} of {partition} shrinks from {segment.CommittedEnd} to {end} bytes");
        segment.CommittedEnd = end;
        segment.NextOffset = nextOffset;
        segment.MaxTimestamp = maxTimestamp;
        partition.NextOffset = nextOffset;
    }

    private Segment SegmentAt(Partition partition, long baseOffset, int generation)
    {
        var last = partition.Segments.Count > 0 ? partition.Segments[^1] : null;
        if (last?.BaseOffset == baseOffset && last.Generation == generation)
            return last;
        if (last is not null && baseOffset != partition.NextOffset)
            throw Contradiction($"the segment {baseOffset} of {partition} does not continue at {partition.NextOffset}");
        var segment = _written.TryGetValue((partition, baseOffset), out var open) ? open : partition.NewSegment(baseOffset, generation);
        if (last is null)
            partition.FirstOffset = baseOffset;
        partition.Segments.Add(segment);
        return segment;
    }

    private void ApplyFirstOffset(ref CommitEntryReader reader)
    {
        var partition = PartitionOf(ref reader);
        long firstOffset = reader.ReadInt64();
        if (firstOffset < partition.FirstOffset || firstOffset > partition.NextOffset)
            throw Contradiction($"{partition} cannot start at {firstOffset}: it holds {partition.FirstOffset} to {partition.NextOffset}");
        int dropped = partition.Segments.FindIndex(s => s.NextOffset > firstOffset);
        if (dropped < 0)
            dropped = Math.Max(partition.Segments.Count - 1, 0);
        Dropped.AddRange(partition.Segments[..dropped]);
        partition.Segments.RemoveRange(0, dropped);
        partition.FirstOffset = firstOffset;
    }

    private void ApplyGroupOffset(ref CommitEntryReader reader)
    {
        string group = reader.ReadText();
        var partition = PartitionOf(ref reader);
        var committed = new CommittedOffset(reader.ReadInt64(), reader.ReadText());
        if (!_groups.TryGetValue(group, out var offsets))
            _groups.Add(group, offsets = []);
        offsets[(partition.TopicId, partition.Index)] = committed;
    }

    private Partition PartitionOf(ref CommitEntryReader reader)
    {
        var topic = Topic(reader.ReadInt32());
        int index = reader.ReadInt32();
        if ((uint)index >= (uint)topic.Partitions.Length)
            throw Contradiction($"'{topic.Description.Name}' has no partition {index}");
        return topic.Partitions[index];
    }

    private TopicState Topic(int id) => _topicsById.TryGetValue(id, out var topic) ? topic : throw Contradiction($"there is no topic {id}");

    private static LogCorruptionException Contradiction(string what) =>
        new($"The commit log contradicts itself: {what}, although every CRC is right. Nothing was changed; it was written by a defective program.");
}
