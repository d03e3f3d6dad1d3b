namespace Flowgen.Runtime;

/// <summary>Where one record of a batch came from.</summary>
internal sealed class RecordOrigin : BatchOrigin
{
    private readonly BatchOrigin _batch;
    private readonly int _index;

    public RecordOrigin(BatchOrigin batch, int index)
    {
        (_batch, _index) = (batch, index);
        (Topic, Partition, AppendedAt, Watermark) = (batch.Topic, batch.Partition, batch.AppendedAt, batch.Watermark);
        BaseOffset = batch.OffsetOf(index);
    }

    public override long OffsetOf(int index) => _batch.OffsetOf(_index + index);

    public override bool TryGetHeader(int index, string name, out ReadOnlySpan<byte> value) => _batch.TryGetHeader(_index + index, name, out value);
}
