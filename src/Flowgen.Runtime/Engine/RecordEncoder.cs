using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Writes records of one type straight into the batch that is stored.</summary>
internal static class RecordEncoder<TRecord, TCodec>
    where TCodec : struct, IRecordCodec<TRecord>
{
    /// <summary>Starts a batch of the kind in which the type is stored.</summary>
    public static void Start(BatchBuilder batch, int schemaId)
    {
        if (TCodec.Layout is { } layout) batch.StartFixed(schemaId, layout);
        else batch.StartVariable(schemaId);
    }

    /// <summary>Adds one record to a variable batch.</summary>
    public static void Add(BatchBuilder batch, in TRecord record, long time)
    {
        batch.BeginRecord(TCodec.HasEventTime ? TCodec.EventTime(in record) : time);
        if (TCodec.HasKey) TCodec.WriteKey(in record, batch.Data);
        batch.EndKey(isNull: !TCodec.HasKey);
        TCodec.Write(in record, batch.Data);
        batch.EndValue();
        if (TCodec.HasHeaders) TCodec.WriteHeaders(in record, batch);
        batch.EndRecord();
    }

    /// <summary>Adds records to a fixed batch: their memory as it is.</summary>
    public static void AddFixed(BatchBuilder batch, RecordLayout layout, ReadOnlySpan<TRecord> records, ReadOnlySpan<long> times)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TRecord, byte>(ref MemoryMarshal.GetReference(records)), records.Length * Unsafe.SizeOf<TRecord>());
        if (layout.HasTimestampColumn)
        {
            bytes.CopyTo(TCodec.HasEventTime ? AddWithOwnTimes(batch, records) : batch.AddFixed(times));
            return;
        }

        bytes.CopyTo(batch.AddFixed(records.Length));
        NoteTimes(batch, records);
    }

    private static void NoteTimes(BatchBuilder batch, ReadOnlySpan<TRecord> records)
    {
        long min = long.MaxValue;
        long max = long.MinValue;
        for (int i = 0; i < records.Length; i++)
        {
            long time = TCodec.EventTime(in records[i]);
            min = Math.Min(min, time);
            max = Math.Max(max, time);
        }

        batch.NoteTimestamps(min, max);
    }

    private static Span<byte> AddWithOwnTimes(BatchBuilder batch, ReadOnlySpan<TRecord> records)
    {
        long[] times = System.Buffers.ArrayPool<long>.Shared.Rent(records.Length);
        for (int i = 0; i < records.Length; i++) times[i] = TCodec.EventTime(in records[i]);
        Span<byte> room = batch.AddFixed(times.AsSpan(0, records.Length));
        System.Buffers.ArrayPool<long>.Shared.Return(times);
        return room;
    }
}
