using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Maintenance;

/// <summary>A segment file and what is whole in it, without a commit that says how far it reaches.</summary>
/// <param name="Path">The file.</param>
/// <param name="TopicId">Id of the topic that it names; 0 if its header is damaged.</param>
/// <param name="BaseOffset">Offset of its first record.</param>
/// <param name="Generation">0 as it was written; higher where compaction has written it again.</param>
/// <param name="Length">Bytes of the file.</param>
/// <param name="End">Where its last whole batch ends.</param>
/// <param name="NextOffset">Offset behind the last whole batch.</param>
/// <param name="MaxTimestamp">Largest timestamp in it.</param>
internal sealed record FoundSegment(string Path, int TopicId, long BaseOffset, int Generation, long Length, long End, long NextOffset, long MaxTimestamp)
{
    /// <summary>Reads a file.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="path">The file.</param>
    /// <param name="partition">The partition in whose directory it lies.</param>
    /// <param name="report">Told what is wrong with its header.</param>
    /// <returns>Null if it cannot be read, or is the segment of another place.</returns>
    public static FoundSegment? TryRead(IFileSystem files, string path, int partition, Action<string> report)
    {
        var (baseOffset, generation) = LogLayout.SegmentIn(System.IO.Path.GetFileName(path))!.Value;
        try
        {
            using var file = SegmentFile.Open(path, files);
            bool isNamed = file.HeaderDefect is null;
            if (!isNamed)
                report(file.HeaderDefect!);
            else if ((file.Partition, file.BaseOffset) != (partition, baseOffset))
                report($"The file holds the segment {file.BaseOffset} of partition {file.Partition}.");
            return !isNamed || (file.Partition, file.BaseOffset) == (partition, baseOffset)
                ? new FoundSegment(path, isNamed ? file.TopicId : 0, baseOffset, generation, file.Length, SegmentHeader.Size, baseOffset, long.MinValue).Read(file, long.MaxValue)
                : null;
        }
        catch (IOException e)
        {
            report(e.Message);
            return null;
        }
    }

    /// <summary>The segment without the batches that reach over an offset.</summary>
    public FoundSegment Before(IFileSystem files, long offset)
    {
        using var file = SegmentFile.Open(Path, files);
        var kept = (this with { End = SegmentHeader.Size, NextOffset = BaseOffset, MaxTimestamp = long.MinValue }).Read(file, offset);
        return kept with { Length = kept.End };
    }

    private FoundSegment Read(SegmentFile file, long before)
    {
        var found = this;
        while (file.TryNext())
        {
            if (file.Defect is not null)
                continue;
            if (file.Batch.LastOffset >= before)
                break;
            found = found with { End = file.Position + file.StretchBytes, NextOffset = file.Batch.LastOffset + 1, MaxTimestamp = Math.Max(found.MaxTimestamp, file.Batch.MaxTimestamp) };
        }

        return found;
    }
}
