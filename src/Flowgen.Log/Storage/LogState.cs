using Flowgen.Log.Commits;
using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>
/// What is committed: topics, schemas, segments and how far they reach, offsets of groups. It changes only by applying the entries of a
/// commit record, in recovery and in life alike, and as one step for everybody who looks at it inside the gate.
/// </summary>
internal sealed partial class LogState(IFileSystem files, LogLayout layout, FlowLogOptions options, Lock? gate = null)
{
    private const int MaxAttempts = 100;

    private readonly Dictionary<string, TopicState> _topics = new(StringComparer.Ordinal);
    private readonly Dictionary<int, TopicState> _topicsById = [];
    private readonly Dictionary<(Partition, long), Segment> _written = [];

    public FlowLogOptions Options => options;

    public Lock Gate { get; } = gate ?? new();

    /// <summary>Where to start reading in a segment.</summary>
    public SegmentIndexes Indexes { get; } = new(files);

    /// <summary>In a log that is open to read only: the state that has taken the place of this one, because the owner began a new commit file.</summary>
    public LogState? Successor { get; set; }

    /// <summary>In a log that is open to read only: looks for newer commits.</summary>
    public Action? CatchUp { get; init; }

    /// <summary>Whether somebody else, who goes on, owns the files: he may delete a topic and put the files of another one in their places.</summary>
    public bool IsBorrowed { get; init; }

    /// <summary>In recovery: called with each segment that a commit makes longer.</summary>
    public Action<SegmentGrowth>? Grown { get; init; }

    /// <summary>Told of damage that readers meet.</summary>
    public LogMonitor? Monitor { get; set; }

    /// <summary>Sequence of the last commit.</summary>
    public long Sequence { get; set; }

    public int NextTopicId { get; private set; } = 1;

    /// <summary>Segments that a commit has dropped and whose files are to be deleted.</summary>
    public List<Segment> Dropped { get; } = [];

    public IEnumerable<TopicState> Topics => _topics.Values;

    public int TopicCount => _topics.Count;

    public GroupOffsets Groups { get; } = new();

    /// <summary>Ids of producers and who holds the transactional ones.</summary>
    public ProducerRegistry Producers { get; } = new();

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

    /// <summary>Goes over to the state that has taken the place of this one. Call it inside the gate, which they share.</summary>
    public static void Follow(ref LogState state, ref Partition partition)
    {
        while (state.Successor is { } successor)
        {
            partition = successor._topicsById.TryGetValue(partition.TopicId, out var topic)
                ? topic.Partitions[partition.Index]
                : throw Partition.Deleted(partition.Topic);
            state = successor;
        }
    }

    /// <summary>Whether a file was missed that the owner, another process, may have deleted: then a commit that is not applied yet says so.</summary>
    public bool CanCatchUp(IOException e, int attempt) =>
        e is FileNotFoundException or DirectoryNotFoundException && CatchUp is not null && attempt < MaxAttempts;

    public TopicState? FindTopicIgnoringCase(string name) =>
        _topics.Values.FirstOrDefault(t => t.Description.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Applies the entries of a commit. Segments that the writing thread has open are handed over with it.</summary>
    public void Apply(ReadOnlySpan<byte> entries, IEnumerable<SegmentEnd> written)
    {
        foreach (var end in written.Where(end => end.Start <= SegmentHeader.Size)) // others are known
            _written[(end.Partition, end.Segment.BaseOffset)] = end.Segment;
        var reader = new CommitEntryReader(entries);
        while (!reader.AtEnd)
            ApplyEntry(ref reader);
        _written.Clear();
    }

    /// <summary>Writes entries from which the whole state comes back.</summary>
    public void WriteCheckpoint(ByteBuffer to)
    {
        WriteTopics(to);
        Groups.WriteCheckpoint(to);
        WriteProducers(to);
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
            case CommitEntryKind.GroupDeleted:
                Groups.Delete(reader.ReadText());
                break;
            case CommitEntryKind.GroupOffsetDeleted:
                ApplyGroupOffsetDeleted(ref reader);
                break;
            case CommitEntryKind.TopicDeleted:
                ApplyTopicDeleted(ref reader);
                break;
            case CommitEntryKind.TopicAltered:
                ApplyTopicAltered(ref reader);
                break;
            case CommitEntryKind.SegmentsReplaced:
                ApplySegmentsReplaced(ref reader);
                break;
            case CommitEntryKind.PartitionStart:
                ApplyPartitionStart(ref reader);
                break;
            case CommitEntryKind.ProducerIds:
                Producers.TakeIds(reader.ReadInt64());
                break;
            case CommitEntryKind.TransactionalId:
                Producers.Take(reader.ReadText(), new TransactionalProducer(reader.ReadInt64(), reader.ReadInt16(), reader.ReadInt64()));
                break;
            case CommitEntryKind.TransactionalIdExpired:
                Producers.Expire(reader.ReadText(), reader.ReadInt64());
                break;
            case CommitEntryKind.ProducerSequence:
                ApplyProducerSequence(ref reader);
                break;
            default:
                throw new LogFormatException($"A commit record holds an entry of kind {kind}, which this program does not know. Nothing was changed; open the log with a newer Flowgen.");
        }
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
