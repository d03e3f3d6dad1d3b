using System.Runtime.CompilerServices;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Encodes records into one batch for each partition of a topic and hands full batches to the epoch.</summary>
internal sealed class TypedSink<TRecord, TCodec> : Sink<TRecord>
    where TCodec : struct, IRecordCodec<TRecord>
{
    private const int BatchBytes = 256 * 1024;

    private readonly EpochWriter _epoch;
    private readonly string _topic;
    private readonly int _schemaId;
    private readonly int _ownPartition;
    private readonly BatchBuilder[] _batches;
    private readonly PartitionScatter<TRecord>? _scatter;
    private readonly bool[] _holdsTombstones;

    /// <param name="epoch">Takes full batches.</param>
    /// <param name="topic">Name of the topic.</param>
    /// <param name="schemaId">Number of the record's schema in the topic.</param>
    /// <param name="partitions">Number of partitions of the topic.</param>
    /// <param name="ownPartition">The partition for all records of this task; -1 where the key of each decides.</param>
    public TypedSink(EpochWriter epoch, string topic, int schemaId, int partitions, int ownPartition)
    {
        _epoch = epoch;
        _topic = topic;
        _schemaId = schemaId;
        _ownPartition = ownPartition;
        _batches = new BatchBuilder[partitions];
        _holdsTombstones = new bool[partitions];
        for (int i = 0; i < partitions; i++)
        {
            if (ownPartition >= 0 && i != ownPartition) continue;
            _batches[i] = new BatchBuilder();
            RecordEncoder<TRecord, TCodec>.Start(_batches[i], schemaId);
        }

        if (ownPartition < 0 && TCodec.Layout is not null) _scatter = new PartitionScatter<TRecord>(partitions);
    }

    public override void Write(ReadOnlySpan<TRecord> records, ReadOnlySpan<long> times)
    {
        Records += records.Length;
        if (TCodec.Layout is { } layout)
        {
            if (_ownPartition >= 0) WriteFixed(_ownPartition, layout, records, times);
            else WriteScattered(_scatter!, layout, records, times);
            return;
        }

        for (int i = 0; i < records.Length; i++)
        {
            ref readonly TRecord record = ref records[i];
            int partition = _ownPartition >= 0 ? _ownPartition : Murmur2.ToPartition(TCodec.PartitionHash(in record), _batches.Length);
            BatchBuilder batch = _batches[partition];
            RecordEncoder<TRecord, TCodec>.Add(batch, in record, times[i]);
            if (batch.Data.Length >= BatchBytes) Send(partition);
        }
    }

    public override void WriteTombstone(TombstoneReader<TRecord> tombstones, OutBuffer<TRecord> buffer, int tombstone, long time)
    {
        Records++;
        int partition = _ownPartition >= 0 ? _ownPartition : Murmur2.ToPartition(tombstones.PartitionHash(buffer, tombstone), _batches.Length);
        BatchBuilder batch = _batches[partition];
        if (TCodec.Layout is not null && !_holdsTombstones[partition])
        {
            Send(partition);
            batch.StartVariable(_schemaId);
            _holdsTombstones[partition] = true;
        }

        batch.BeginRecord(time);
        tombstones.WriteKey(buffer, tombstone, batch.Data);
        batch.EndKey();
        batch.EndValue(isNull: true);
        batch.EndRecord();
        if (batch.Data.Length >= BatchBytes) Send(partition);
    }

    public override void Flush()
    {
        for (int partition = 0; partition < _batches.Length; partition++)
        {
            if (_batches[partition] is { Count: > 0 }) Send(partition);
        }
    }

    private void WriteScattered(PartitionScatter<TRecord> scatter, RecordLayout layout, ReadOnlySpan<TRecord> records, ReadOnlySpan<long> times)
    {
        for (int from = 0; from < records.Length; from += PartitionScatter.Capacity)
        {
            int count = Math.Min(PartitionScatter.Capacity, records.Length - from);
            scatter.Split<TCodec>(records.Slice(from, count), times.Slice(from, count));
            for (int partition = 0; partition < _batches.Length; partition++)
                WriteFixed(partition, layout, scatter.RecordsOf(partition), scatter.TimesOf(partition));
        }
    }

    private void WriteFixed(int partition, RecordLayout layout, ReadOnlySpan<TRecord> records, ReadOnlySpan<long> times)
    {
        BatchBuilder batch = _batches[partition];
        if (_holdsTombstones[partition] && !records.IsEmpty)
        {
            Send(partition);
            RecordEncoder<TRecord, TCodec>.Start(batch, _schemaId);
            _holdsTombstones[partition] = false;
        }

        while (!records.IsEmpty)
        {
            int room = Math.Max(1, (BatchBytes - batch.Data.Length) / Unsafe.SizeOf<TRecord>());
            int count = Math.Min(room, records.Length);
            RecordEncoder<TRecord, TCodec>.AddFixed(batch, layout, records[..count], times.IsEmpty ? times : times[..count]);
            records = records[count..];
            times = times.IsEmpty ? times : times[count..];
            if (count == room) Send(partition);
        }
    }

    private void Send(int partition)
    {
        BatchBuilder batch = _batches[partition];
        if (batch.Count == 0) return;
        _epoch.Append(_topic, partition, batch);
        batch.Clear();
    }
}
