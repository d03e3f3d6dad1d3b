using Flowgen.Log.Cleaning;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>Writes the indexes of sealed segments to files, in the background. A seek never waits for it: until then it builds the index itself.</summary>
internal sealed class IndexWriter(IFileSystem files, LogState state, Housekeeper housekeeper) : IHousekeepingJob
{
    public string Name => "index";

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(30);

    public void Run(CancellationToken cancellationToken)
    {
        foreach (var partition in FindPartitions())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(partition, cancellationToken);
        }
    }

    private List<Partition> FindPartitions()
    {
        lock (state.Gate)
            return [.. state.Topics.SelectMany(t => t.Partitions).Where(p => Unwritten(p).Any())];
    }

    private static IEnumerable<Segment> Unwritten(Partition partition) =>
        partition.Segments.SkipLast(1).Where(s => s.IndexFile != IndexFileState.Written);

    private void Write(Partition partition, CancellationToken cancellationToken)
    {
        var names = files.List(partition.Directory).Select(e => e.Name).ToHashSet();
        foreach (var segment in FindSegments(partition))
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isThere = names.Contains(Path.GetFileName(segment.IndexPath)); // whether it fits shows when it is first used
            if (!isThere || !segment.TrustIndexFile())
                housekeeper.Health.Try(Name, segment.Path, () => Write(partition, segment, cancellationToken));
        }
    }

    private List<Segment> FindSegments(Partition partition)
    {
        lock (state.Gate)
            return [.. Unwritten(partition)];
    }

    private void Write(Partition partition, Segment segment, CancellationToken cancellationToken)
    {
        SegmentExtent extent;
        IFile file;
        lock (state.Gate)
        {
            if (partition.IsDeleted || !partition.Segments.Contains(segment))
                return;
            file = segment.Acquire(); // from now on nobody deletes it
            extent = SegmentExtent.Of(partition, segment);
        }

        try
        {
            state.Indexes.Write(extent, file, read => housekeeper.Budget.Spend(read, cancellationToken));
        }
        finally
        {
            segment.Release();
        }
    }
}
