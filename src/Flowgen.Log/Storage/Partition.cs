using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>
/// One partition: its committed segments, in order of offsets and without gaps, and how far it is compacted (guarded by the gate of the
/// <see cref="LogState"/>), and the appender of the writing thread.
/// </summary>
internal sealed class Partition
{
    private readonly IFileSystem _files;
    private volatile TopicSettings _settings;

    public Partition(IFileSystem files, LogLayout layout, int topicId, string topic, int index, TopicSettings settings)
    {
        _settings = settings;
        _files = files;
        TopicId = topicId;
        Topic = topic;
        Index = index;
        IndexText = index.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Directory = layout.Partition(topic, index);
        Appender = new PartitionAppender(this);
    }

    public int TopicId { get; }

    /// <inheritdoc cref="LogState.IsBorrowed"/>
    public bool IsBorrowed { get; init; }

    public string Topic { get; }

    public int Index { get; }

    /// <summary>The index as text, for metrics.</summary>
    public string IndexText { get; }

    public string Directory { get; }

    /// <summary>Settings of the topic as they are now. May be read anywhere.</summary>
    public TopicSettings Settings
    {
        get => _settings;
        set => _settings = value;
    }

    /// <summary>Whether the topic is deleted.</summary>
    public bool IsDeleted { get; set; }

    public List<Segment> Segments { get; } = [];

    public long FirstOffset { get; set; }

    public long NextOffset { get; set; }

    /// <summary>Offset up to which the partition is compacted: before it each key has one record.</summary>
    public long CleanedTo { get; set; }

    /// <summary>When compaction met the oldest tombstone that is still there, in Unix milliseconds; <see cref="long.MaxValue"/> if none is.</summary>
    public long OldestTombstone { get; set; } = long.MaxValue;

    /// <summary>The producers that have appended to it. Guarded by the gate.</summary>
    public ProducerTable Producers { get; } = new();

    /// <summary>What is written behind the committed end. Used by the writing thread only.</summary>
    public PartitionAppender Appender { get; }

    public Segment NewSegment(long baseOffset, int generation = 0) =>
        new(_files, Path.Combine(Directory, LogLayout.SegmentName(baseOffset, generation)), baseOffset, generation) { BorrowedTopicId = IsBorrowed ? TopicId : null };

    /// <summary>The committed segment that holds an offset, or null. Call it inside the gate.</summary>
    public Segment? Find(long offset)
    {
        for (int i = Segments.Count - 1; i >= 0; i--)
        {
            if (Segments[i].BaseOffset <= offset)
                return offset < Segments[i].NextOffset ? Segments[i] : null;
        }

        return null;
    }

    public static TopicDeletedException Deleted(string topic) => new($"Topic '{topic}' was deleted while it was in use. Nothing was appended; create the topic again, or stop using it.");

    public void ThrowIfDeleted()
    {
        if (IsDeleted)
            throw Deleted(Topic);
    }

    public PartitionDescription Describe() => new(FirstOffset, NextOffset, Segments.Sum(s => s.CommittedEnd), Segments.Count);

    public override string ToString() => $"{Topic}-{Index}";
}
