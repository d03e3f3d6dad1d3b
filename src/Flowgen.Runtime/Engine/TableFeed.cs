using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>One partition of a topic that an operator keeps as a table.</summary>
internal abstract class TableFeed(string topic, OperatorInstance owner, int partitions, bool tells) : IDisposable
{
    private long _version = -1;

    public string Topic { get; } = topic;

    public int Partition { get; } = owner.Task.Partition;

    /// <summary>Takes the rows that cannot be kept.</summary>
    public BadRecords Bad { get; } = owner.Task.Worker.TakeBad(topic, owner.Task.Partition, partitions, owner.Vertex.Node.Stage.Name);

    /// <summary>Whether it tells of those rows, and commits how far it has come: rows are read again at each start, but told of once.
    /// One feed of a topic does so, and none where the app reads the topic as records, too.</summary>
    public bool Tells => tells && Bad.Action != ErrorAction.Stop;

    /// <summary>Rows and tombstones read since the start.</summary>
    public long Records { get; protected set; }

    /// <summary>Offset of the next row.</summary>
    public long Position { get; protected set; }

    /// <summary>The position in the epoch that was closed last.</summary>
    public long NotedPosition { get; set; }

    protected OperatorInstance Owner => owner;

    /// <summary>Opens the partition at its oldest record.</summary>
    public void Open(IEngineLog log, string group)
    {
        Open(log);
        NotedPosition = log.GetCommitted(group, Topic, Partition)?.Offset ?? 0;
        Bad.ToldFrom = Tells ? NotedPosition : long.MaxValue;
    }

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

    protected abstract void Open(IEngineLog log);

    protected abstract bool ReadBatch();
}

internal sealed class TypedTableFeed<TRow, TCodec> : TableFeed
    where TCodec : struct, IRecordCodec<TRow>
{
    private readonly BatchDecoder<TRow, TCodec> _decoder;
    private readonly SourceOrigin _origin;
    private readonly ITableInput<TRow> _table;
    private IEngineReader? _reader;

    public TypedTableFeed(string topic, OperatorInstance owner, SchemaMaps schemas, int partitions, bool tells)
        : base(topic, owner, partitions, tells)
    {
        _table = (ITableInput<TRow>)owner.Operator;
        _decoder = new BatchDecoder<TRow, TCodec>(schemas, Bad);
        _origin = new SourceOrigin { Topic = topic, Partition = Partition };
    }

    public override void Dispose() => _reader?.Dispose();

    protected override void Open(IEngineLog log) => _reader = log.OpenReader(Topic, Partition, log.GetOffsets(Topic, Partition).First);

    protected override bool ReadBatch()
    {
        Owner.Task.Context.Running = null; // what fails now is the log, not a step
        if (!TryReadStored(out RecordBatch batch)) return false;
        for (int from = batch.FirstIndex; from < batch.Count;) TakeRun(in batch, ref from);
        Records += batch.Count;
        Position = batch.LastOffset + 1;
        return true;
    }

    private bool TryReadStored(out RecordBatch batch)
    {
        try
        {
            return _reader!.TryRead(out batch);
        }
        catch (OffsetOutOfRangeException e)
        {
            throw new OffsetOutOfRangeException($"Rows of the table '{Topic}' partition {Partition} have been removed before stage '{Owner.Vertex.Node.Stage.Name}' read them, so its table may hold rows that are gone: start the app again, and it reads the table anew. {e.Message}", e);
        }
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
            if (!rows.Records.IsEmpty) Update(in batch, in rows);
        }
    }

    private void Remove(in RecordBatch batch, int index)
    {
        LogRecord tombstone = batch[index];
        try
        {
            _table.Remove(tombstone.Key);
        }
        catch (RecordFormatException e)
        {
            if (!Bad.TryTake(in tombstone, e))
                throw new RecordFormatException($"The key of '{TCodec.Schema.Name}' at {Topic}/{Partition}, offset {tombstone.Offset} cannot be read: {e.Message}", e);
        }
    }

    private void Update(scoped in Batch<TRow> rows)
    {
        StepContext context = Owner.Task.Context;
        context.Read(_origin, rows.Records.Length);
        context.Running = Owner;
        _table.Update(in rows);
        context.Running = null;
    }

    private void Update(in RecordBatch batch, in Batch<TRow> rows)
    {
        try
        {
            Update(in rows);
        }
#pragma warning disable CA1031 // A key is what the app computes from the row, so anything may be thrown.
        catch (Exception) when (Bad.Action != ErrorAction.Stop)
#pragma warning restore CA1031
        {
            Owner.Task.Context.Running = null;
            UpdateOneByOne(in batch, in rows);
        }
    }

    /// <summary>Sets rows again, which changes nothing for those that were set, and finds those that cannot be.</summary>
    private void UpdateOneByOne(in RecordBatch batch, in Batch<TRow> rows)
    {
        for (int i = 0; i < rows.Records.Length; i++)
        {
            try
            {
                _table.Update(new Batch<TRow>(rows.Records.Slice(i, 1), rows.Times.IsEmpty ? rows.Times : rows.Times.Slice(i, 1), new RecordOrigin(_origin, i)));
            }
#pragma warning disable CA1031 // As above.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Owner.Task.Context.Running = null; // a dead letter that cannot be written is no fault of the table
                LogRecord row = batch[_origin.IndexOf(i)];
                Bad.TryTake(in row, e);
            }
        }
    }
}
