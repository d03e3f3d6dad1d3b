using Flowgen.Log.Commits;
using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>
/// Looks at commits that were acknowledged before their data were durable (<see cref="Durability.OsBuffered"/>). A loss of power may have
/// taken some of the data and left the commit that names them: the log then ends before the first such commit.
/// </summary>
internal sealed class BufferedCommits
{
    private readonly LogState _state;
    private readonly HashSet<(int TopicId, int Partition, long BaseOffset, int Generation)> _needed;
    private bool _isBuffered; // the commit that is being applied
    private bool _isWhole = true;

    private BufferedCommits(IFileSystem files, LogLayout layout, FlowLogOptions options, LogState end)
    {
        _state = new LogState(files, layout, options) { Grown = Check };
        _needed = [.. end.Topics.SelectMany(t => t.Partitions).SelectMany(p => p.Segments.Select(s => Identity(p, s)))];
    }

    /// <summary>The last commit up to which everything is there that the commits of a file name. Reads what they have added to segments.</summary>
    public static long FindLast(IFileSystem files, LogLayout layout, FlowLogOptions options, long commitFile, byte[] content, long lastSequence)
    {
        // A segment is needed if it is there at the end. Where the end is an earlier one, others may be needed, which a lost commit had dropped.
        long end;
        long last = lastSequence;
        do
        {
            end = last;
            last = FindLastWhole(files, layout, options, commitFile, content, end);
        }
        while (last < end);
        return last;
    }

    private static long FindLastWhole(IFileSystem files, LogLayout layout, FlowLogOptions options, long commitFile, byte[] content, long lastSequence)
    {
        var end = new LogState(files, layout, options);
        CommitScan.ReadUpTo(layout.CommitFile(commitFile), content, commitFile, lastSequence, record => end.Apply(CommitFormat.Entries(record.Span), []));
        var commits = new BufferedCommits(files, layout, options, end);
        long last = commitFile;
        CommitScan.ReadUpTo(layout.CommitFile(commitFile), content, commitFile, lastSequence, record =>
        {
            if (commits.TryApply(record.Span))
                last = CommitFormat.Sequence(record.Span);
        });
        return last;
    }

    // The checkpoint of a file, and commits that were synced, name durable data only.
    private bool TryApply(ReadOnlySpan<byte> record)
    {
        _isBuffered = (CommitFormat.Flags(record) & CommitFormat.BufferedFlag) != 0;
        if (_isWhole)
            _state.Apply(CommitFormat.Entries(record), []);
        return _isWhole;
    }

    // A segment that a later commit has dropped may be gone, and nobody asks for it any more.
    private void Check(SegmentGrowth growth)
    {
        if (_isBuffered && _isWhole && _needed.Contains(Identity(growth.Partition, growth.Segment)))
            _isWhole = IsThere(growth);
    }

    private static (int TopicId, int Partition, long BaseOffset, int Generation) Identity(Partition partition, Segment segment) =>
        (partition.TopicId, partition.Index, segment.BaseOffset, segment.Generation);

    private static bool IsThere(SegmentGrowth growth)
    {
        try
        {
            bool isThere = false;
            growth.Segment.Use(file => isThere = (growth.FormerEnd > 0 || HasHeader(growth, file)) && HasBatches(growth, file));
            return isThere;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static bool HasHeader(SegmentGrowth growth, IFile file)
    {
        Span<byte> found = stackalloc byte[SegmentHeader.Size];
        Span<byte> expected = stackalloc byte[SegmentHeader.Size];
        SegmentHeader.Write(expected, growth.Partition.TopicId, growth.Partition.Index, growth.Segment.BaseOffset);
        return file.Read(0, found) == found.Length && found.SequenceEqual(expected);
    }

    private static bool HasBatches(SegmentGrowth growth, IFile file)
    {
        long start = Math.Max(growth.FormerEnd, SegmentHeader.Size);
        return Tail.FindEndOfWholeBatches(file, start, growth.Segment.CommittedEnd, growth.FormerOffset) == growth.Segment.CommittedEnd;
    }
}
