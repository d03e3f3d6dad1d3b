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
    private bool _isBuffered; // the commit that is being applied
    private bool _isWhole = true;

    private BufferedCommits(IFileSystem files, LogLayout layout, FlowLogOptions options) =>
        _state = new LogState(files, layout, options) { Grown = Check };

    /// <summary>The last commit up to which everything is there that the commits of a file name. Reads what they have added to segments.</summary>
    public static long FindLast(IFileSystem files, LogLayout layout, FlowLogOptions options, long commitFile, byte[] content)
    {
        var commits = new BufferedCommits(files, layout, options);
        long last = commitFile;
        CommitScan.Read(layout.CommitFile(commitFile), content, commitFile, record =>
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

    private void Check(SegmentGrowth growth)
    {
        if (_isBuffered && _isWhole)
            _isWhole = IsThere(growth);
    }

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
