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
        Task.Context.Running = null; // bytes that cannot be decoded are no fault of a step
        if (batch.Count > 0) TakeRecords(batch);
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

internal sealed class ExchangeReceiver<TRecord, TCodec> : ExchangeReceiver
    where TCodec : struct, IRecordCodec<TRecord>
{
    private readonly BatchDecoder<TRecord, TCodec> _decoder;
    private readonly SourceOrigin _decodedOrigin;
    private readonly OperatorReceiver<TRecord> _operator;
    private readonly LostRecords? _lost;
    private readonly BadRecords _bad;
    private readonly BatchBuilder _builder = new();
    private readonly ByteBuffer _encoded = new();

    public ExchangeReceiver(string name, OperatorInstance target, int sourceTasks, SchemaMaps schemas, bool isInner)
        : base(name, target, sourceTasks)
    {
        int partition = target.Task.Partition;
        _operator = new OperatorReceiver<TRecord>(target, isInner);
        _decoder = new BatchDecoder<TRecord, TCodec>(schemas);
        _decodedOrigin = new SourceOrigin { Topic = name, Partition = partition };
        _lost = target.Task.Worker.Poison.BehindExchange(name, partition);
        _bad = target.Task.Worker.TakeBad(name, partition, target.Vertex.Partitions, target.Vertex.Node.Stage.Name);
        Local = new LocalEnd(this);
    }

    /// <summary>Takes batches of the same worker at once, without a copy.</summary>
    public Receiver<TRecord> Local { get; }

    protected override void TakeRecords(ExchangeBatch batch)
    {
        if (batch is EncodedExchangeBatch encoded)
        {
            TakeEncoded(View(encoded.Stored));
            return;
        }

        TypedExchangeBatch<TRecord> typed = (TypedExchangeBatch<TRecord>)batch;
        ReadOnlySpan<long> times = TCodec.HasEventTime ? default : typed.Times.AsSpan(0, typed.Count);
        Take(new Batch<TRecord>(typed.Records.AsSpan(0, typed.Count), times, Origin));
    }

    private void TakeEncoded(RecordBatch stored)
    {
        _decodedOrigin.Watermark = Origin.Watermark;
        for (int from = 0; from < stored.Count;) Take(_decoder.Next(in stored, ref from, stored.Count, _decodedOrigin));
    }

    private void Take(scoped in Batch<TRecord> batch)
    {
        if (batch.Records.IsEmpty) return;
        if (_lost is not { IsIsolated: true })
        {
            Give(in batch, suspect: null);
            return;
        }

        for (int i = 0; i < batch.Records.Length; i++)
        {
            ReadOnlySpan<long> time = batch.Times.IsEmpty ? default : batch.Times.Slice(i, 1);
            TakeOne(new Batch<TRecord>(batch.Records.Slice(i, 1), time, new RecordOrigin(batch.Origin, i)));
        }
    }

    /// <summary>Gives a record to the step, unless it is known to make it throw.</summary>
    private void TakeOne(scoped in Batch<TRecord> one)
    {
        LogRecord record = Encode(in one.Records[0], one.Times.IsEmpty ? 0 : one.Times[0])[0];
        byte[] content = LostRecords.ContentOf(in record);
        if (_lost!.TryTake(content) is not { } lost)
        {
            Give(in one, content);
            return;
        }

        Task.Context.Running = null; // a dead letter that cannot be written is no fault of the step that ran before
        _bad.Take(in record, lost);
        Origin.BaseOffset++;
    }

    private void Give(scoped in Batch<TRecord> batch, byte[]? suspect)
    {
        StepContext context = Task.Context;
        StepContext.Place before = context.Here;
        if (suspect is null) context.Read(Origin, batch.Records.Length);
        else context.ReadOne(Origin, suspect);
        _operator.Receive(in batch);
        context.GoTo(before);
        Origin.BaseOffset += batch.Records.Length;
    }

    private RecordBatch Encode(in TRecord record, long time)
    {
        _builder.StartVariable(ExchangeLink.SchemaId);
        RecordEncoder<TRecord, TCodec>.Add(_builder, in record, time);
        _encoded.Clear();
        _builder.CopyTo(_encoded);
        return View(_encoded);
    }

    private RecordBatch View(ByteBuffer stored) => new(stored.Array, 0, stored.Length, Origin.Topic, Origin.Partition, firstIndex: 0);

    /// <summary>The end of an exchange inside one worker. Who is to blame for a failure must not depend on how many there are.</summary>
    private sealed class LocalEnd(ExchangeReceiver<TRecord, TCodec> end) : Receiver<TRecord>
    {
        public override void Receive(scoped in Batch<TRecord> batch) => end.Take(in batch);
    }
}
