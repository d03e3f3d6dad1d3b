using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Gives the records of stored batches in slices that stay in the cache: as a view over the bytes where the type is stored as its own memory,
/// else decoded into arrays that are reused.</summary>
internal sealed class BatchDecoder<TRecord, TCodec>(SchemaMaps schemas, BadRecords? bad = null)
    where TCodec : struct, IRecordCodec<TRecord>
{
    // The records of a slice and what a step makes of them stay in the first level of the cache.
    private const int SliceBytes = 8 * 1024;

    private static readonly int SliceRecords = Math.Clamp(SliceBytes / Unsafe.SizeOf<TRecord>(), 64, 2048);

    private readonly StringPool _strings = new();
    private TRecord[] _records = [];
    private long[] _times = [];
    private int[] _indexes = [];

    /// <summary>Takes the next slice of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="from">Index of the first record; moved behind the slice.</param>
    /// <param name="end">Index behind the last record that may be taken.</param>
    /// <param name="origin">Told where the slice came from.</param>
    /// <returns>The records; fewer than were read where the batch holds tombstones.</returns>
    public Batch<TRecord> Next(in RecordBatch batch, ref int from, int end, SourceOrigin origin)
    {
        if (!TryFindSchema(in batch, ref from, end, out SchemaMap? map)) return default;
        int to = Math.Min(end, from + SliceRecords);
        Batch<TRecord> slice = CanView(in batch, map) ? View(in batch, from, to, origin) : Decode(in batch, from, to, map, origin);
        from = to;
        return slice;
    }

    /// <summary>Finds the shape in which a batch was written.</summary>
    /// <returns>False if there is none, and its records are left out.</returns>
    private bool TryFindSchema(in RecordBatch batch, ref int from, int end, out SchemaMap? map)
    {
        try
        {
            map = schemas.For(in batch);
            return true;
        }
        catch (RecordFormatException e) when (bad is { Action: not ErrorAction.Stop })
        {
            map = null;
            for (; from < end; from++)
            {
                LogRecord record = batch[from];
                bad.TryTake(in record, e);
            }

            return false;
        }
    }

    private static bool CanView(in RecordBatch batch, SchemaMap? map) =>
        TCodec.Layout is { } layout && map is null && batch.IsFixed && batch.Stride == layout.Stride && Unsafe.SizeOf<TRecord>() == layout.Stride;

    private static Batch<TRecord> View(in RecordBatch batch, int from, int to, SourceOrigin origin)
    {
        origin.Set(in batch, from);
        ReadOnlySpan<byte> values = batch.FixedValues;
        ReadOnlySpan<TRecord> all = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, TRecord>(ref MemoryMarshal.GetReference(values)), batch.Count);
        return new Batch<TRecord>(all[from..to], batch.HasTimestampColumn ? batch.Timestamps[from..to] : default, origin);
    }

    private Batch<TRecord> Decode(in RecordBatch batch, int from, int to, SchemaMap? map, SourceOrigin origin)
    {
        EnsureRoom(to - from);
        int count = 0;
        for (int i = from; i < to; i++)
        {
            LogRecord record = batch[i];
            if (record.IsTombstone) continue;
            if (!TryDecode(in batch, in record, map, out _records[count])) continue;
            _times[count] = record.Timestamp;
            _indexes[count++] = i;
        }

        origin.Set(in batch, from, count == to - from ? null : _indexes);
        return new Batch<TRecord>(_records.AsSpan(0, count), _times.AsSpan(0, count), origin);
    }

    /// <summary>Decodes a record.</summary>
    /// <returns>False if it cannot be decoded and is left out.</returns>
    private bool TryDecode(in RecordBatch batch, in LogRecord record, SchemaMap? map, out TRecord decoded)
    {
        try
        {
            RecordReader reader = new(batch.Buffer, record.ValueStart, record.ValueLength, _strings, record.Headers);
            if (map is null) TCodec.Read(ref reader, out decoded);
            else TCodec.ReadEvolved(ref reader, map, out decoded);
            return true;
        }
        catch (RecordFormatException e)
        {
            decoded = default!;
            if (bad is not null && bad.TryTake(in record, e)) return false;
            throw new RecordFormatException($"'{TCodec.Schema.Name}' at {batch.Topic}/{batch.Partition}, offset {record.Offset} cannot be read: {e.Message}", e);
        }
    }

    private void EnsureRoom(int count)
    {
        if (_records.Length >= count) return;
        int size = Math.Min(SliceRecords, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count));
        _records = new TRecord[size];
        _times = new long[size];
        _indexes = new int[size];
    }
}
