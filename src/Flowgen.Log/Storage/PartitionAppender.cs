using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>
/// Writes batches behind the committed end of a partition. Nothing it writes exists before a commit record says so; a failed write is
/// undone by going back to the state before it. Used by the writing thread only.
/// </summary>
internal sealed class PartitionAppender(Partition partition)
{
    private const long Unknown = long.MinValue;

    private Segment? _segment;
    private bool _isRetired;
    private IFile? _file;
    private long _position;
    private long _maxTimestamp = long.MinValue;
    private long _startedAt; // time of the first append to the segment, as far as it is known
    private readonly List<Segment> _rolled = []; // since the last mark

    /// <summary>Offset that the next record gets.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Whether the topic is deleted: nothing can be appended any more.</summary>
    public bool IsRetired
    {
        get => Volatile.Read(ref _isRetired);
        private set => Volatile.Write(ref _isRetired, value);
    }

    /// <summary>When it was last used, among the appenders that may have a file open; 0 for one that has none. Belongs to <see cref="Commits.OpenAppenders"/>.</summary>
    public long LastUse { get; set; }

    /// <summary>The producers of what is written, as far as they have written since the log was opened.</summary>
    public ProducerTable Producers { get; } = new();

    /// <summary>Where to go back to if a write fails.</summary>
    public readonly record struct Mark(Segment? Segment, long Position, long NextOffset, long MaxTimestamp, long StartedAt);

    /// <summary>Starts at the committed end, after the log was opened.</summary>
    public void Start()
    {
        NextOffset = partition.NextOffset;
        if (partition.Segments.Count == 0 || partition.Segments[^1].Generation > 0)
            return; // what is compacted is not appended to
        _segment = partition.Segments[^1];
        _position = _segment.CommittedEnd;
        _maxTimestamp = _segment.MaxTimestamp;
        _startedAt = Unknown;
    }

    public Mark TakeMark()
    {
        _rolled.Clear();
        return new(_segment, _position, NextOffset, _maxTimestamp, _startedAt);
    }

    /// <summary>Ends the segment, whatever its size: the next append starts another one.</summary>
    public void Seal()
    {
        if (_segment is not null)
            _segment.IsSealed = true;
        LeaveSegment();
    }

    /// <summary>Ends the appender of a deleted topic.</summary>
    public void Retire()
    {
        Seal();
        IsRetired = true;
    }

    /// <summary>The topic is not deleted after all: the commit found no room.</summary>
    public void Revive() => IsRetired = false;

    /// <summary>Undoes what was appended since the last mark. The segment then ends where it ended, and newer ones are gone.</summary>
    public void GoBack(IFileSystem files, Mark mark)
    {
        if (!ReferenceEquals(_segment, mark.Segment))
            Leave();
        DeleteRolled(files);
        _segment = mark.Segment;
        _position = mark.Position;
        NextOffset = mark.NextOffset;
        _maxTimestamp = mark.MaxTimestamp;
        _startedAt = mark.StartedAt;
        if (_segment is null)
            return;
        CutOff(_segment, File(), _position);
    }

    /// <summary>
    /// Undoes everything that no commit names. The next append starts a segment of its own.
    /// </summary>
    public void GoBackToCommitted(IFileSystem files, IEnumerable<Segment> written)
    {
        _rolled.Clear();
        _rolled.AddRange(written.Except(partition.Segments));
        LeaveSegment();
        DeleteRolled(files);
        NextOffset = partition.NextOffset;
        if (partition.Segments.Count > 0)
            CutOffUncommitted(partition.Segments[^1]);
    }

    /// <summary>Writes batches that lie one after the other: gives them their offsets, rolls segments, notes how far each segment then reaches.</summary>
    public void Append(IFileSystem files, Memory<byte> chunk, bool mayBeJournaled, long appendedAt, long segmentBytes, List<SegmentEnd> ends)
    {
        var batches = chunk.Span;
        var settings = partition.Settings;
        segmentBytes = settings.SegmentBytes ?? segmentBytes;
        if (_segment is not null && appendedAt - StartedAt() >= settings.SegmentAge.TotalMilliseconds)
            LeaveSegment();
        int runStart = 0;
        for (int at = 0; at < batches.Length;)
        {
            var header = batches[at..];
            int length = BatchHeader.Length(header);
            if (_segment is null || (_position + (at - runStart) + length > segmentBytes && _position + (at - runStart) > SegmentHeader.Size))
            {
                Write(chunk[runStart..at], mayBeJournaled, ends);
                runStart = at;
                Roll(files, appendedAt);
            }

            if (settings.TimestampType == TimestampType.LogAppendTime)
                BatchHeader.StampAppendTime(header, appendedAt);
            BatchHeader.Seal(header[..length], NextOffset, appendedAt);
            NextOffset = BatchHeader.NextOffset(header);
            _maxTimestamp = Math.Max(_maxTimestamp, BatchHeader.MaxTimestamp(header));
            at += length;
        }

        Write(chunk[runStart..], mayBeJournaled, ends);
    }

    /// <summary>Closes the file.</summary>
    public void Close() => Leave();

    private void Write(ReadOnlyMemory<byte> run, bool mayBeJournaled, List<SegmentEnd> ends)
    {
        if (run.IsEmpty)
            return;
        long start = _position;
        File().Write(start, run.Span);
        _position += run.Length;
        _segment!.Acquire();
        ends.Add(new SegmentEnd(partition, _segment, _position, NextOffset, _maxTimestamp, start, mayBeJournaled ? run : default));
    }

    private void Roll(IFileSystem files, long appendedAt)
    {
        Span<byte> header = stackalloc byte[SegmentHeader.Size];
        SegmentHeader.Write(header, partition.TopicId, partition.Index, NextOffset);
        var segment = partition.NewSegment(NextOffset);
        _rolled.Add(segment);
        var file = segment.Acquire(FileOpenMode.Create);
        Leave();
        _segment = segment;
        _file = file;
        _position = SegmentHeader.Size;
        _maxTimestamp = long.MinValue;
        _startedAt = appendedAt;
        file.Write(0, header);
        MakeNameDurable(files);
    }

    // The next commit may reach past their base offsets, and opening would then take them for segments that were lost.
    private void DeleteRolled(IFileSystem files)
    {
        if (_rolled.Count == 0)
            return;
        foreach (var segment in _rolled)
            segment.Delete();
        files.SyncDirectory(partition.Directory);
        _rolled.Clear();
    }

    // Before a commit record names the segment.
    private void MakeNameDurable(IFileSystem files)
    {
        try
        {
            files.SyncDirectory(partition.Directory);
        }
        catch (IOException e) when (e is not SyncNotStartedException)
        {
            throw new LogPoisonedException($"The directory '{partition.Directory}' could not be made durable.", e);
        }
    }

    // Of a segment that was there when the log was opened, the header of the first batch says it.
    private long StartedAt()
    {
        if (_startedAt == Unknown)
            _startedAt = _segment!.FirstAppendedAt();
        return _startedAt;
    }

    private static void CutOffUncommitted(Segment segment) => segment.Use(file => CutOff(segment, file, segment.CommittedEnd));

    // Durably: a segment that others follow, or that was closed cleanly, has no tail.
    private static void CutOff(Segment segment, IFile file, long end)
    {
        if (file.Length <= end)
            return;
        file.Truncate(end);
        segment.Sync();
    }

    private void LeaveSegment()
    {
        Leave();
        _segment = null;
    }

    private IFile File() => _file ??= _segment!.Acquire();

    private void Leave()
    {
        if (_file is not null)
            _segment!.Release();
        _file = null;
    }
}
