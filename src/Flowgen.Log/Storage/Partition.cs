using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>
/// One partition: its committed segments, in order of offsets and without gaps (guarded by the gate of the <see cref="LogState"/>), and the
/// appender of the writing thread.
/// </summary>
internal sealed class Partition
{
    private readonly IFileSystem _files;

    public Partition(IFileSystem files, LogLayout layout, int topicId, string topic, int index)
    {
        _files = files;
        TopicId = topicId;
        Topic = topic;
        Index = index;
        Directory = layout.Partition(topic, index);
        Appender = new PartitionAppender(this);
    }

    public int TopicId { get; }

    public string Topic { get; }

    public int Index { get; }

    public string Directory { get; }

    public List<Segment> Segments { get; } = [];

    public long FirstOffset { get; set; }

    public long NextOffset { get; set; }

    /// <summary>What is written behind the committed end. Used by the writing thread only.</summary>
    public PartitionAppender Appender { get; }

    public Segment NewSegment(long baseOffset, int generation = 0) =>
        new(_files, Path.Combine(Directory, LogLayout.SegmentName(baseOffset, generation)), baseOffset, generation);

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

    public PartitionDescription Describe() => new(FirstOffset, NextOffset, Segments.Sum(s => s.CommittedEnd), Segments.Count);

    public override string ToString() => $"{Topic}-{Index}";
}
