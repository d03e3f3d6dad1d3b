using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>The end of an exchange in a task that sends: knows when to send what it holds.</summary>
internal interface IExchangeSender
{
    /// <summary>The level of what feeds the exchange.</summary>
    int Level { get; }

    /// <summary>Sends all records and the watermark: the level of the epoch closes.</summary>
    void Flush();
}

/// <summary>Sorts the records of one task by the tasks that own their keys. Batches leave when they are full, and when the epoch closes.</summary>
internal abstract class ExchangeSender<TRecord, TBatch> : Receiver<TRecord>, IExchangeSender
    where TBatch : ExchangeBatch
{
    private readonly ExchangeReceiver[] _receivers;
    private readonly WatermarkCell _upstream;
    private readonly ExchangeBatchPool<TBatch>[] _pools;
    private readonly Receiver<TRecord>? _local;
    private long _sentWatermark = long.MinValue;
    private bool _sentIdle;

    protected ExchangeSender(ExchangeLink<TRecord> link)
    {
        Link = link;
        _receivers = link.Receivers;
        _upstream = link.Upstream;
        _local = link.Local;
        _pools = new ExchangeBatchPool<TBatch>[_receivers.Length];
        for (int i = 0; i < _pools.Length; i++) _pools[i] = new ExchangeBatchPool<TBatch>();
        Open = new TBatch[_receivers.Length];
    }

    public int Level => Link.Level;

    protected ExchangeLink<TRecord> Link { get; }

    /// <summary>The batch that is being filled for each target; null where it is empty.</summary>
    protected TBatch?[] Open { get; }

    public sealed override void Receive(scoped in Batch<TRecord> batch)
    {
        if (_local is not null)
        {
            _local.Receive(in batch);
            return;
        }

        Link.Context.Running = _receivers[0].Target; // it is the receiving stage that says what the key is
        Split(in batch);
    }

    public void Flush()
    {
        bool timeMoved = _upstream.Watermark != _sentWatermark || _upstream.IsIdle != _sentIdle;
        _sentWatermark = _upstream.Watermark;
        _sentIdle = _upstream.IsIdle;
        if (_local is not null)
        {
            _receivers[0].TakeTime(Link.SourceTask, _sentWatermark, _sentIdle);
            _receivers[0].Task.AdvanceAll();
            return;
        }

        for (int target = 0; target < Open.Length; target++)
        {
            if (Open[target] is null && !timeMoved) continue;
            Open[target] ??= Take(target);
            Send(target);
        }
    }

    protected abstract void Split(scoped in Batch<TRecord> batch);

    protected abstract TBatch Create(ExchangeBatchPool<TBatch> pool, ExchangeReceiver receiver, int sourceTask);

    protected virtual void Seal(TBatch batch)
    {
    }

    protected TBatch Take(int target) => _pools[target].TryTake() ?? Create(_pools[target], _receivers[target], Link.SourceTask);

    protected void Send(int target)
    {
        TBatch batch = Open[target]!;
        Open[target] = null;
        Seal(batch);
        batch.Watermark = _upstream.Watermark;
        batch.IsIdle = _upstream.IsIdle;
        Link.Flow.Add(batch.Bytes);
        batch.Receiver.Task.Worker.Post(batch);
    }
}

internal sealed class TypedExchangeSender<TRecord, TCodec, TPartitioner>(ExchangeLink<TRecord> link) : ExchangeSender<TRecord, TypedExchangeBatch<TRecord>>(link)
    where TCodec : struct, IRecordCodec<TRecord>
    where TPartitioner : struct, IPartitioner<TRecord>
{
    private const int BatchBytes = 64 * 1024;

    private static readonly int Capacity = Math.Clamp(BatchBytes / System.Runtime.CompilerServices.Unsafe.SizeOf<TRecord>(), 64, 2048);

    protected override void Split(scoped in Batch<TRecord> batch)
    {
        ReadOnlySpan<TRecord> records = batch.Records;
        ReadOnlySpan<long> times = batch.Times;
        TypedExchangeBatch<TRecord>?[] open = Open;
        for (int i = 0; i < records.Length; i++)
        {
            int target = Murmur2.ToPartition(TPartitioner.Hash(in records[i]), open.Length);
            TypedExchangeBatch<TRecord> to = open[target] ??= Take(target);
            int count = to.Count;
            to.Records[count] = records[i];
            if (!TCodec.HasEventTime) to.Times[count] = times[i];
            to.Count = ++count;
            if (count == Capacity) Send(target);
        }
    }

    protected override TypedExchangeBatch<TRecord> Create(ExchangeBatchPool<TypedExchangeBatch<TRecord>> pool, ExchangeReceiver receiver, int sourceTask) =>
        new(pool, Capacity, hasTimes: !TCodec.HasEventTime) { Receiver = receiver, SourceTask = sourceTask };
}

internal sealed class EncodedExchangeSender<TRecord, TCodec, TPartitioner>(ExchangeLink<TRecord> link) : ExchangeSender<TRecord, EncodedExchangeBatch>(link)
    where TCodec : struct, IRecordCodec<TRecord>
    where TPartitioner : struct, IPartitioner<TRecord>
{
    private const int BatchBytes = 64 * 1024;

    protected override void Split(scoped in Batch<TRecord> batch)
    {
        ReadOnlySpan<TRecord> records = batch.Records;
        for (int i = 0; i < records.Length; i++)
        {
            int target = Murmur2.ToPartition(TPartitioner.Hash(in records[i]), Open.Length);
            EncodedExchangeBatch to = Open[target] ??= Start(target);
            RecordEncoder<TRecord, TCodec>.Add(to.Builder, in records[i], TCodec.HasEventTime ? 0 : batch.Times[i]);
            to.Count++;
            if (to.Builder.Data.Length >= BatchBytes) Send(target);
        }
    }

    protected override EncodedExchangeBatch Create(ExchangeBatchPool<EncodedExchangeBatch> pool, ExchangeReceiver receiver, int sourceTask) =>
        new(pool) { Receiver = receiver, SourceTask = sourceTask };

    protected override void Seal(EncodedExchangeBatch batch)
    {
        batch.Stored.Clear();
        if (batch.Count > 0) batch.Builder.CopyTo(batch.Stored);
    }

    private EncodedExchangeBatch Start(int target)
    {
        EncodedExchangeBatch batch = Take(target);
        batch.Builder.StartVariable(ExchangeLink.SchemaId);
        return batch;
    }
}
