using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>A partition of a topic with records of one type.</summary>
internal sealed class TypedSource<TRecord, TCodec> : Source
    where TCodec : struct, IRecordCodec<TRecord>
{
    private readonly BatchDecoder<TRecord, TCodec> _decoder;
    private readonly SourceOrigin _origin;
    private Receiver<TRecord>[] _receivers = [];
    private PoisonRecords.Run[]? _poison;
    private IEngineLog? _log;
    private IEngineReader? _reader;

    public TypedSource(SourceVertex vertex, FlowTask task, SchemaMaps schemas)
        : base(vertex, task)
    {
        _decoder = new BatchDecoder<TRecord, TCodec>(schemas, Bad);
        _origin = new SourceOrigin { Topic = Topic, Partition = Partition };
    }

    public override void AddReceiver(object receiver) => _receivers = [.. _receivers, (Receiver<TRecord>)receiver];

    public override void Open(IEngineLog log, string group, TimeProvider time)
    {
        _log = log;
        Restore(log.GetCommitted(group, Topic, Partition), log.GetOffsets(Topic, Partition), time.GetTimestamp());
        _reader = OpenReader();
        _poison = Task.Worker.Poison.From(Topic, Partition, Position);
    }

    public override void Dispose() => _reader?.Dispose();

    protected override bool ReadBatch()
    {
        Task.Context.Running = null; // what fails now is the log, not a step
        if (!TryReadStored(out RecordBatch batch))
        {
            Position = Math.Max(Position, _reader!.Position); // behind offsets of which nothing is left
            return false;
        }

        _origin.Watermark = Clocks.Count > 0 ? Clocks[0].Cell.Watermark : long.MinValue;
        bool isSuspect = _poison is not null && IsSuspect(in batch);
        for (int from = batch.FirstIndex; from < batch.Count;) Deliver(in batch, isSuspect, ref from);
        Records += batch.Count - batch.FirstIndex;
        Position = batch.LastOffset + 1;
        NewestTime = Math.Max(NewestTime, batch.MaxTimestamp);
        if (_poison is not null) ForgetPassed();
        return true;
    }

    private bool TryReadStored(out RecordBatch batch)
    {
        while (true)
        {
            try
            {
                return _reader!.TryRead(out batch);
            }
            catch (OffsetOutOfRangeException)
            {
                PassRemoved(_log!.GetOffsets(Topic, Partition));
                _reader!.Dispose();
                _reader = OpenReader();
            }
        }
    }

    private IEngineReader OpenReader()
    {
        while (true)
        {
            try
            {
                return _log!.OpenReader(Topic, Partition, Position);
            }
            catch (OffsetOutOfRangeException)
            {
                PassRemoved(_log!.GetOffsets(Topic, Partition)); // removed since the offsets were asked for
            }
        }
    }

    private void Deliver(in RecordBatch batch, bool isSuspect, ref int from)
    {
        Task.Context.Running = null;
        int end = isSuspect ? Isolate(in batch, ref from) : batch.Count;
        if (end == from) return;
        Batch<TRecord> slice = _decoder.Next(in batch, ref from, end, _origin);
        if (slice.Records.IsEmpty) return;
        Task.Context.Read(_origin, slice.Records.Length);
        foreach (Receiver<TRecord> receiver in _receivers) receiver.Receive(in slice);
    }

    /// <summary>Passes the record at hand if it is known to make a step throw; else says up to where records can be given together.</summary>
    private int Isolate(in RecordBatch batch, ref int from)
    {
        long offset = batch.OffsetAt(from);
        long nextSuspect = long.MaxValue;
        bool isSuspect = false;
        foreach (ref readonly PoisonRecords.Run run in _poison.AsSpan())
        {
            if (run.IsOne && run.First == offset)
            {
                LogRecord record = batch[from];
                Bad.Take(in record, run.Failure);
                return ++from;
            }

            isSuspect |= run.Holds(offset);
            if (run.First > offset) nextSuspect = Math.Min(nextSuspect, run.First);
        }

        int end = from + 1;
        if (isSuspect) return end;
        while (end < batch.Count && batch.OffsetAt(end) < nextSuspect) end++;
        return end;
    }

    /// <summary>Whether a batch holds records that are suspected.</summary>
    private bool IsSuspect(in RecordBatch batch)
    {
        foreach (ref readonly PoisonRecords.Run run in _poison.AsSpan())
        {
            if (run.First <= batch.LastOffset && run.Last >= batch.OffsetAt(batch.FirstIndex)) return true;
        }

        return false;
    }

    /// <summary>Behind all that is suspected, asks for a commit: the next failure does not bring all of it back.</summary>
    private void ForgetPassed()
    {
        foreach (ref readonly PoisonRecords.Run run in _poison.AsSpan())
        {
            if (run.Last >= Position) return;
        }

        _poison = null;
        Task.Worker.AskForCommit();
    }
}
