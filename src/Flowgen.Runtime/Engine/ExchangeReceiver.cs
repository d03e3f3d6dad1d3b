using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>The end of an exchange in the task that owns the keys.</summary>
internal abstract class ExchangeReceiver
{
    protected ExchangeReceiver(string name, OperatorInstance target, int sourceTasks)
    {
        Target = target;
        Cells = new WatermarkCell[sourceTasks];
        for (int i = 0; i < sourceTasks; i++) Cells[i] = new WatermarkCell();
        target.Inputs.AddRange(Cells);
        Origin = new BatchOrigin { Topic = name, Partition = target.Task.Partition };
    }

    public OperatorInstance Target { get; }

    public FlowTask Task => Target.Task;

    /// <summary>How far event time has come behind each sending task.</summary>
    public WatermarkCell[] Cells { get; }

    protected BatchOrigin Origin { get; }

    /// <summary>Takes the records of a batch, then its watermark.</summary>
    public void Take(ExchangeBatch batch)
    {
        Origin.Watermark = Target.Clock.Watermark;
        if (batch.Count > 0)
        {
            Task.Context.Running = null; // bytes that cannot be decoded are no fault of a step
            Task.Context.Read(Origin, batch.Count);
            TakeRecords(batch);
            Origin.BaseOffset += batch.Count;
        }

        TakeTime(batch.SourceTask, batch.Watermark, batch.IsIdle);
    }

    public void TakeTime(int sourceTask, long watermark, bool isIdle)
    {
        WatermarkCell cell = Cells[sourceTask];
        cell.IsIdle = isIdle;
        cell.Raise(watermark);
    }

    protected abstract void TakeRecords(ExchangeBatch batch);
}

internal sealed class ExchangeReceiver<TRecord, TCodec>(string name, OperatorInstance target, int sourceTasks, SchemaMaps schemas) : ExchangeReceiver(name, target, sourceTasks)
    where TCodec : struct, IRecordCodec<TRecord>
{
    private readonly BatchDecoder<TRecord, TCodec> _decoder = new(schemas);
    private readonly SourceOrigin _decodedOrigin = new() { Topic = name, Partition = target.Task.Partition };

    public OperatorReceiver<TRecord> Receiver { get; } = new(target);

    protected override void TakeRecords(ExchangeBatch batch)
    {
        if (batch is TypedExchangeBatch<TRecord> typed)
        {
            ReadOnlySpan<long> times = TCodec.HasEventTime ? default : typed.Times.AsSpan(0, typed.Count);
            Receiver.Receive(new Batch<TRecord>(typed.Records.AsSpan(0, typed.Count), times, Origin));
            return;
        }

        EncodedExchangeBatch encoded = (EncodedExchangeBatch)batch;
        RecordBatch stored = new(encoded.Stored.Array, 0, encoded.Stored.Length, Origin.Topic, Origin.Partition, firstIndex: 0);
        _decodedOrigin.Watermark = Origin.Watermark;
        for (int from = 0; from < stored.Count;)
        {
            Batch<TRecord> slice = _decoder.Next(in stored, ref from, stored.Count, _decodedOrigin);
            Receiver.Receive(in slice);
        }
    }
}
