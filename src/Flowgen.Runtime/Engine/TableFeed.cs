using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>One partition of a topic that an operator keeps as a table.</summary>
internal abstract class TableFeed(string topic, int partition) : IDisposable
{
    private long _version = -1;

    public string Topic { get; } = topic;

    public int Partition { get; } = partition;

    /// <summary>Rows and tombstones read since the start.</summary>
    public long Records { get; protected set; }

    /// <summary>Opens the partition at its oldest record.</summary>
    public abstract void Open(IEngineLog log);

    /// <summary>Takes all that is committed.</summary>
    /// <param name="version">What <see cref="IEngineLog.CommitVersion"/> was before the call.</param>
    /// <returns>Whether there was anything.</returns>
    public bool CatchUp(long version)
    {
        if (_version == version) return false;
        bool any = false;
        while (ReadBatch()) any = true;
        _version = version;
        return any;
    }

    public abstract void Dispose();

    protected abstract bool ReadBatch();
}

internal sealed class TypedTableFeed<TRow, TCodec> : TableFeed
    where TCodec : struct, IRecordCodec<TRow>
{
    private readonly BatchDecoder<TRow, TCodec> _decoder;
    private readonly SourceOrigin _origin;
    private readonly ITableInput<TRow> _table;
    private readonly OperatorInstance _owner;
    private IEngineReader? _reader;

    public TypedTableFeed(string topic, OperatorInstance owner, SchemaMaps schemas)
        : base(topic, owner.Task.Partition)
    {
        _owner = owner;
        _table = (ITableInput<TRow>)owner.Operator;
        _decoder = new BatchDecoder<TRow, TCodec>(schemas);
        _origin = new SourceOrigin { Topic = topic, Partition = Partition };
    }

    public override void Open(IEngineLog log) => _reader = log.OpenReader(Topic, Partition, log.GetOffsets(Topic, Partition).First);

    public override void Dispose() => _reader?.Dispose();

    protected override bool ReadBatch()
    {
        _owner.Task.Context.Running = null; // what fails now is the log, not a step
        if (!_reader!.TryRead(out RecordBatch batch)) return false;
        for (int from = batch.FirstIndex; from < batch.Count;) TakeRun(in batch, ref from);
        Records += batch.Count;
        return true;
    }

    /// <summary>Takes the rows up to the next tombstone, or the tombstone.</summary>
    private void TakeRun(in RecordBatch batch, ref int from)
    {
        if (!batch.IsFixed && batch[from].IsTombstone)
        {
            Remove(in batch, from++);
            return;
        }

        int to = from + 1;
        if (batch.IsFixed) to = batch.Count;
        else while (to < batch.Count && !batch[to].IsTombstone) to++;
        while (from < to)
        {
            Batch<TRow> rows = _decoder.Next(in batch, ref from, to, _origin);
            if (!rows.Records.IsEmpty) Update(in rows);
        }
    }

    private void Update(scoped in Batch<TRow> rows)
    {
        StepContext context = _owner.Task.Context;
        context.Read(_origin, rows.Records.Length);
        context.Running = _owner;
        _table.Update(in rows);
        context.Running = null;
    }

    private void Remove(in RecordBatch batch, int index)
    {
        LogRecord record = batch[index];
        try
        {
            _table.Remove(record.Key);
        }
        catch (RecordFormatException e)
        {
            throw new RecordFormatException($"The key of '{TCodec.Schema.Name}' at {Topic}/{Partition}, offset {record.Offset} cannot be read: {e.Message}", e);
        }
    }
}
