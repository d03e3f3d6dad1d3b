using System.Buffers.Binary;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Cleaning;

/// <summary>
/// The segment that is to take the place of others. The offsets of batches go on without gaps: a batch is said to reach over those of which
/// nothing is left, and a batch without records stands where none comes before them. Without <see cref="Keep"/> the file is deleted.
/// </summary>
internal sealed class CompactedSegment : IDisposable
{
    private const int WriteBytes = 256 << 10;

    private readonly FlowLog _log;
    private readonly Partition _partition;
    private readonly IoBudget _budget;
    private readonly CancellationToken _cancellationToken;
    private readonly Segment _segment;
    private readonly IFile _file;
    private readonly ByteBuffer _last = new(); // the last batch; its end is not known yet
    private readonly ByteBuffer _unwritten = new();
    private bool _lastHasChanged; // and needs another CRC
    private long _position;
    private long _nextOffset; // behind the last batch
    private bool _isKept;

    public CompactedSegment(FlowLog log, Partition partition, Segment first, IoBudget budget, CancellationToken cancellationToken)
    {
        _log = log;
        _partition = partition;
        _budget = budget;
        _cancellationToken = cancellationToken;
        _nextOffset = first.BaseOffset;
        _segment = partition.NewSegment(_nextOffset, first.Generation + 1);
        _file = _segment.Acquire(FileOpenMode.Create);
        SegmentHeader.Write(_unwritten.Reserve(SegmentHeader.Size), partition.TopicId, partition.Index, _nextOffset);
        _segment.MaxTimestamp = long.MinValue;
    }

    /// <summary>Bytes of the segment so far.</summary>
    public long Length => _position + _unwritten.Length + _last.Length;

    /// <summary>When compaction met the oldest tombstone that was kept.</summary>
    public long OldestTombstone { get; private set; } = long.MaxValue;

    /// <summary>Adds what a filter keeps of the next batch.</summary>
    /// <param name="batch">The batch, uncompressed.</param>
    /// <param name="stored">The batch as it is stored.</param>
    /// <param name="filter">The filter, which has looked at the batch.</param>
    public void Add(in RecordBatch batch, ReadOnlySpan<byte> stored, RecordFilter filter)
    {
        if (filter.KeptCount == 0)
            return;
        if (filter.KeepsTombstone && filter.CleanedAt != RecordFilter.NotYet)
            OldestTombstone = Math.Min(OldestTombstone, filter.CleanedAt);
        ReachTo(batch.BaseOffset);
        EndLast();
        if (NeedsRewrite(in batch, filter))
            Rewrite(in batch, BatchCompression.Of(stored), filter);
        else
            _last.Write(stored);
        _nextOffset = batch.LastOffset + 1;
        _segment.MaxTimestamp = Math.Max(_segment.MaxTimestamp, BatchHeader.MaxTimestamp(_last.Written));
    }

    /// <summary>Ends the segment and makes its content durable.</summary>
    /// <param name="endOffset">Offset up to which it reaches.</param>
    /// <returns>The segment.</returns>
    public Segment Finish(long endOffset)
    {
        ReachTo(endOffset);
        EndLast();
        Write();
        _file.Sync();
        _segment.CommittedEnd = _position;
        _segment.NextOffset = _nextOffset;
        return _segment;
    }

    /// <summary>Before a commit names the segment. Call it while the topic is there.</summary>
    public void MakeNameDurable() => _log.Pipeline.SyncDirectory(_partition.Directory);

    /// <summary>Says whether a commit names the segment, or may.</summary>
    public void Keep(bool isNamed) => _isKept = isNamed;

    public void Dispose()
    {
        _segment.Release();
        if (!_isKept)
            _log.WhileItStays(_partition, () => _log.Files.Delete(_segment.Path)); // else it goes with the topic
    }

    // A batch without offsets of its own says when it was compacted only if it is written anew. One that shows the time of the append was
    // changed in memory.
    private static bool NeedsRewrite(in RecordBatch batch, RecordFilter filter)
    {
        long cleanedAt = batch.HasOffsetColumn ? BatchOffsets.CleanedAt(batch.Bytes) : RecordFilter.NotYet;
        return filter.KeptCount < batch.Count || (filter.KeepsTombstone && filter.CleanedAt != cleanedAt) || (batch.TimestampType == TimestampType.LogAppendTime && batch.HasTimestampColumn);
    }

    // With its offsets a batch can have become larger than readers decompress.
    private void Rewrite(in RecordBatch batch, CompressionType compression, RecordFilter filter)
    {
        BatchRewriter.Write(in batch, filter.Kept, filter.CleanedAt, _last);
        if (_last.Length <= _log.Options.MaxBatchBytes)
            BatchCompression.Compress(_last, 0, compression);
        _lastHasChanged = true;
    }

    // Nothing is left of the offsets up to here: the last batch reaches over them, as far as a batch can reach.
    private void ReachTo(long offset)
    {
        while (_nextOffset < offset)
        {
            if (_last.Length == 0)
            {
                EmptyBatch.Write(_nextOffset, Math.Min(offset, _nextOffset + int.MaxValue), RecordFilter.NotYet, _last);
                _nextOffset = BatchHeader.NextOffset(_last.Written);
            }
            else
            {
                long baseOffset = BatchHeader.BaseOffset(_last.Written);
                _nextOffset = Math.Max(_nextOffset, Math.Min(offset, baseOffset + int.MaxValue));
                BinaryPrimitives.WriteUInt32LittleEndian(_last.Array.AsSpan(BatchFormat.LastOffsetDeltaAt), (uint)(_nextOffset - baseOffset - 1));
            }

            _lastHasChanged = true;
            if (_nextOffset < offset)
                EndLast();
        }
    }

    private void EndLast()
    {
        if (_last.Length == 0)
            return;
        if (_lastHasChanged)
            BatchHeader.Seal(_last.Array.AsSpan(0, _last.Length), BatchHeader.BaseOffset(_last.Written), BatchHeader.AppendedAt(_last.Written));
        _unwritten.Write(_last.Written);
        _last.Clear();
        _lastHasChanged = false;
        if (_unwritten.Length >= WriteBytes)
            Write();
    }

    private void Write()
    {
        _budget.Spend(_unwritten.Length, _cancellationToken);
        _file.Write(_position, _unwritten.Written);
        _position += _unwritten.Length;
        _unwritten.Clear();
    }
}
