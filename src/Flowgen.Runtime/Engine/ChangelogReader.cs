using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Applies the records of a changelog to the stores of an operator, oldest first.</summary>
internal sealed class ChangelogReader(string topic, int partition, Store[] stores)
{
    private const int EntryBytes = 64; // a guess, for the room to make

    private readonly ByteBuffer _blob = new();

    /// <summary>The operator's watermark in the newest changes.</summary>
    public long Watermark { get; private set; } = long.MinValue;

    /// <summary>Bytes applied.</summary>
    public long Bytes { get; private set; }

    public void Apply(in RecordBatch batch)
    {
        for (int i = batch.FirstIndex; i < batch.Count; i++)
        {
            LogRecord record = batch[i];
            if (record.Key.Length != 2) throw new RecordFormatException($"'{topic}' partition {partition}, offset {record.Offset} is not a record of a changelog: the topic belongs to the engine, and something else has written to it.");
            bool isWhole = _blob.Length == 0 && record.Key[1] == 0;
            if (!isWhole) _blob.Write(record.Value);
            if (record.Key[1] != 0) continue;
            ReadOnlySpan<byte> blob = isWhole ? record.Value : _blob.Written;
            Apply((ChangelogKind)record.Key[0], blob, record.Offset);
            Bytes += blob.Length;
            _blob.Clear();
        }
    }

    private void Apply(ChangelogKind kind, ReadOnlySpan<byte> blob, long offset)
    {
        try
        {
            ApplyTo(kind, blob);
        }
        catch (RecordFormatException e)
        {
            throw new RecordFormatException($"'{topic}' partition {partition}, offset {offset} cannot be restored: {e.Message}", e);
        }
    }

    private void ApplyTo(ChangelogKind kind, ReadOnlySpan<byte> blob)
    {
        StateReader reader = new(blob);
        switch (kind)
        {
            case ChangelogKind.Changes:
                ApplyChanges(ref reader);
                break;
            case ChangelogKind.Slice:
                ApplySlice(ref reader);
                break;
            default:
                throw new RecordFormatException($"Its kind is {(byte)kind}, which this version of Flowgen does not know: use the version that wrote it, or a newer one.");
        }
    }

    private void ApplySlice(ref StateReader reader)
    {
        int store = reader.Read<int>();
        if ((uint)store >= (uint)stores.Length) throw new RecordFormatException($"It is of store {store}, but the operator has {stores.Length}.");
        stores[store].Reserve(reader.Read<long>(), reader.Remaining / EntryBytes);
        stores[store].Apply(ref reader);
    }

    private void ApplyChanges(ref StateReader reader)
    {
        Watermark = Math.Max(Watermark, reader.Read<long>());
        foreach (Store store in stores)
        {
            ReadOnlySpan<byte> changes = reader.ReadBytes();
            if (changes.IsEmpty) continue;
            StateReader inner = new(changes);
            store.Apply(ref inner);
        }
    }
}
