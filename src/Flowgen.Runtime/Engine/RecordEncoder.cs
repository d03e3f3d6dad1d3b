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
        if (!layout.HasTimestampColumn)
        {
            AddWithTimesInside(batch, records);
            return;
        }

        ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TRecord, byte>(ref MemoryMarshal.GetReference(records)), records.Length * Unsafe.SizeOf<TRecord>());
        bytes.CopyTo(TCodec.HasEventTime ? AddWithOwnTimes(batch, records) : batch.AddFixed(times));
    }

    // One pass copies and looks at the times: a second one would cost half as much as the operator.
    private static void AddWithTimesInside(BatchBuilder batch, ReadOnlySpan<TRecord> records)
    {
        Span<TRecord> room = MemoryMarshal.CreateSpan(ref Unsafe.As<byte, TRecord>(ref MemoryMarshal.GetReference(batch.AddFixed(records.Length))), records.Length);
        long min = long.MaxValue;
        long max = long.MinValue;
        for (int i = 0; i < records.Length && i < room.Length; i++)
        {
            ref readonly TRecord record = ref records[i];
            long time = TCodec.EventTime(in record);
            room[i] = record;
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
