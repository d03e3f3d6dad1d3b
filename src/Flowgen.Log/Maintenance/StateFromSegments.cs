using System.Globalization;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Maintenance;

/// <summary>
/// What a log holds as far as its segments say it, where no commit file can be read: every whole batch whose offsets continue is taken for
/// committed. Settings of topics, schemas, offsets of groups and what is known of producers stood in the commit files only.
/// </summary>
internal sealed class StateFromSegments(IFileSystem files, LogLayout layout, Action<LogFinding> report)
{
    private readonly LogState _state = new(files, layout, LogInspection.Anything);

    public LogState Read()
    {
        var topics = Directories(layout.Topics).Where(HasName).Select(Topic).ToList();
        int lastId = topics.Count == 0 ? 0 : topics.Max(t => t.Id);
        foreach (var topic in topics)
            Add(topic with { Id = topic.Id > 0 ? topic.Id : ++lastId }); // one without segments
        _state.Sequence = 1;
        return _state;
    }

    private sealed record FoundTopic(string Name, int Id, List<(int Partition, List<FoundSegment> Segments)> Partitions);

    private FoundTopic Topic(string name)
    {
        var partitions = Directories(layout.Topic(name))
            .Select(d => int.TryParse(d, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < TopicSettings.MaxPartitions ? number : -1)
            .Where(number => number >= 0)
            .Select(number => (number, Segments: Segments(name, number)))
            .ToList();
        int id = partitions.SelectMany(p => p.Segments).Select(s => s.TopicId).DefaultIfEmpty(0).Max(); // an older id is that of a deleted topic
        foreach (var (_, segments) in partitions)
            Leave(segments, segments.Where(s => s.TopicId != id && s.TopicId > 0), "it belongs to a topic of that name that was deleted");
        return new FoundTopic(name, id, partitions);
    }

    private List<FoundSegment> Segments(string topic, int partition)
    {
        var found = new List<FoundSegment>();
        foreach (var entry in files.List(layout.Partition(topic, partition)))
        {
            if (entry.Kind != FileKind.File || LogLayout.SegmentIn(entry.Name) is null)
                continue;
            string path = Path.Combine(layout.Partition(topic, partition), entry.Name);
            if (FoundSegment.TryRead(files, path, partition, defect => report(new LogFinding(true, "segment-header", path, null, defect))) is { } segment)
                found.Add(segment);
        }

        return found;
    }

    private void Add(FoundTopic topic)
    {
        bool isCompacted = topic.Partitions.SelectMany(p => p.Segments).Any(s => s.Generation > 0);
        int count = topic.Partitions.Select(p => p.Partition + 1).DefaultIfEmpty(1).Max();
        var settings = new TopicSettings(count, isCompacted ? TopicCleanup.Compact : TopicCleanup.Delete);
        Apply(to => to.WriteTopic(topic.Id, new TopicDescription(topic.Name, settings, CreatedAt: 0)));
        foreach (var (number, segments) in topic.Partitions)
            Add(_state.GetPartition(topic.Name, number), segments);
    }

    private void Add(Partition partition, List<FoundSegment> found)
    {
        var segments = Chain(found);
        if (segments.Count == 0)
            return;
        if (segments[0].BaseOffset > 0)
            Apply(to => to.WritePartitionStart(partition, segments[0].BaseOffset));
        for (int i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            bool isLast = i + 1 == segments.Count;
            long next = isLast ? segment.NextOffset : segments[i + 1].BaseOffset; // what lacks up to there is lost
            if (segment.NextOffset > next)
                segment = segment.Before(files, next); // the newer file is right
            Apply(to => to.WriteSegmentEnd(partition, partition.NewSegment(segment.BaseOffset, segment.Generation), isLast ? segment.End : segment.Length, next, segment.MaxTimestamp));
        }
    }

    // Of several files for the same offsets that which reaches furthest; compaction has not come to its end in the others, or has replaced them.
    private List<FoundSegment> Chain(List<FoundSegment> found)
    {
        var chain = new List<FoundSegment>();
        foreach (var segment in found.OrderBy(s => s.BaseOffset).ThenByDescending(s => s.NextOffset).ThenByDescending(s => s.Generation))
        {
            bool isCovered = chain.Count > 0 && segment.NextOffset <= chain[^1].NextOffset;
            if (isCovered || segment.NextOffset == segment.BaseOffset)
                report(new LogFinding(false, "segment", segment.Path, null, isCovered ? "It is left out: another segment holds its offsets." : "It holds no batch."));
            else
                chain.Add(segment);
        }

        return chain;
    }

    private void Leave(List<FoundSegment> segments, IEnumerable<FoundSegment> left, string reason)
    {
        foreach (var segment in left.ToList())
        {
            segments.Remove(segment);
            report(new LogFinding(false, "segment", segment.Path, null, $"It is left out: {reason}."));
        }
    }

    private bool HasName(string topic)
    {
        try
        {
            LogName.Validate("topic", topic);
            return true;
        }
        catch (InvalidTopicNameException e)
        {
            report(new LogFinding(false, "topic", layout.Topic(topic), null, e.Message));
            return false;
        }
    }

    private IEnumerable<string> Directories(string path) =>
        files.List(path).Where(e => e.Kind == FileKind.Directory).Select(e => e.Name).Order(StringComparer.Ordinal);

    private void Apply(Action<ByteBuffer> write)
    {
        var entries = new ByteBuffer();
        write(entries);
        _state.Apply(entries.Written, []);
    }
}
