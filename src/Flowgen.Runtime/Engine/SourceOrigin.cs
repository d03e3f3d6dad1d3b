using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Where the records of a source's batch came from: offsets and headers are looked up in the stored batch.</summary>
internal sealed class SourceOrigin : BatchOrigin
{
    private RecordBatch _batch;
    private int[]? _indexes;
    private int _first;

    /// <summary>A run without gaps, from an index of the batch.</summary>
    public void Set(in RecordBatch batch, int first) => Set(in batch, first, null);

    /// <summary>A run with gaps: each record stands at an index of its own.</summary>
    public void Set(in RecordBatch batch, int first, int[]? indexes)
    {
        _batch = batch;
        _first = first;
        _indexes = indexes;
        BaseOffset = batch.OffsetAt(first);
        AppendedAt = batch.AppendedAt;
    }

    public override long OffsetOf(int index) => _batch.OffsetAt(IndexOf(index));

    public override bool TryGetHeader(int index, string name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!_batch.HasHeaders) return false;
        return _batch[IndexOf(index)].Headers.TryGet(name, out value);
    }

    /// <summary>Where a record of the run stands in the stored batch.</summary>
    public int IndexOf(int index) => _indexes is null ? _first + index : _indexes[index];
}
