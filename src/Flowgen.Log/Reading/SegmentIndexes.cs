using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>
/// The indexes of a log, made when they are first needed: of a sealed segment from its file, and where that is missing or does not fit from
/// the segment; of the active segment from what is committed of it. Thread-safe.
/// </summary>
internal sealed class SegmentIndexes(IFileSystem files)
{
    // An index of a segment of 128 MiB has up to 800 KB.
    private const int MaxInMemory = 32;

    private readonly Lock _gate = new();
    private readonly LinkedList<Segment> _recent = [];
    private long _rebuilt;

    /// <summary>Called when an index was built that is worth a file.</summary>
    public Action WriteWanted { get; set; } = () => { };

    /// <summary>Indexes that were damaged, stale or of another segment.</summary>
    public long Rebuilt => Interlocked.Read(ref _rebuilt);

    /// <summary>Where to start reading for an offset in a segment.</summary>
    public IndexEntry FindOffset(in SegmentExtent extent, IFile file, long offset)
    {
        lock (extent.Segment.IndexGate)
            return Get(extent, file).FindOffset(offset);
    }

    /// <summary>Where to start reading for the first record at or behind a time in a segment.</summary>
    public IndexEntry FindTime(in SegmentExtent extent, IFile file, long timestamp)
    {
        lock (extent.Segment.IndexGate)
            return Get(extent, file).FindTime(timestamp);
    }

    /// <summary>The index has led to a place where no such batch starts: the next search builds another one from the segment.</summary>
    public void Distrust(Segment segment)
    {
        lock (segment.IndexGate)
        {
            segment.Index = null;
            segment.IndexFile = IndexFileState.Distrusted;
        }

        Interlocked.Increment(ref _rebuilt);
        WriteWanted();
    }

    /// <summary>Writes the file of a sealed segment. Who seeks in the segment meanwhile does not wait for it.</summary>
    /// <param name="extent">The segment.</param>
    /// <param name="file">Its file.</param>
    /// <param name="read">Told how many bytes were read, before it goes on.</param>
    /// <exception cref="LogCorruptionException">The segment is damaged.</exception>
    public void Write(in SegmentExtent extent, IFile file, Action<int> read)
    {
        var built = new SegmentIndex(extent.Segment.BaseOffset);
        if (!IsWhole(extent))
            IndexBuilder.Extend(built, file, extent.End, read);
        lock (extent.Segment.IndexGate)
        {
            if (extent.Segment.IsDeleted)
                return;
            if (extent.Segment.Index is not { } known || known.End < built.End)
                extent.Segment.Index = built;
            var index = Get(extent, file);
            if (index.End < extent.End)
                throw new LogCorruptionException($"'{extent.Segment.Path}' is damaged at position {index.End} (offset {index.NextOffset} of {extent.Partition}): it cannot be indexed. Nothing was changed; run 'flow verify'.");
            if (extent.Segment.IndexFile == IndexFileState.Written)
                return;
            IndexFile.Write(files, extent, index);
            extent.Segment.IndexFile = IndexFileState.Written;
        }
    }

    private static bool IsWhole(in SegmentExtent extent)
    {
        lock (extent.Segment.IndexGate)
            return extent.Segment.Index?.End >= extent.End;
    }

    private SegmentIndex Get(in SegmentExtent extent, IFile file)
    {
        var segment = extent.Segment;
        var index = segment.Index ??= (extent.IsSealed ? Load(extent) : null) ?? new SegmentIndex(segment.BaseOffset); // others may drop it from memory
        if (index.End < extent.End)
            IndexBuilder.Extend(index, file, extent.End);
        if (extent.IsSealed && segment.IndexFile != IndexFileState.Written)
            WriteWanted();
        KeepInMemory(segment);
        return index;
    }

    private SegmentIndex? Load(in SegmentExtent extent)
    {
        if (extent.Segment.IndexFile == IndexFileState.Distrusted)
            return null;
        if (IndexFile.TryRead(files, extent, out var index, out string? defect))
        {
            extent.Segment.IndexFile = IndexFileState.Written;
            return index;
        }

        extent.Segment.IndexFile = IndexFileState.Distrusted;
        if (defect is not null)
            Interlocked.Increment(ref _rebuilt);
        return null;
    }

    private void KeepInMemory(Segment segment)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_recent.Last?.Value, segment))
                return;
            _recent.Remove(segment);
            _recent.AddLast(segment);
            if (_recent.Count <= MaxInMemory)
                return;
            _recent.First!.Value.Index = null;
            _recent.RemoveFirst();
        }
    }
}
