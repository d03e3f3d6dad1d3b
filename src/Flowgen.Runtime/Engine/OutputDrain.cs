namespace Flowgen.Runtime;

/// <summary>Empties one output of an operator into everything that takes its records.</summary>
internal abstract class OutputDrain
{
    /// <summary>Records emitted in this run.</summary>
    public long Records { get; protected set; }

    public abstract void AddReceiver(object receiver);

    public abstract void AddSink(Sink sink);

    public abstract void Deliver();
}

internal sealed class OutputDrain<TRecord>(OutBuffer<TRecord> buffer, TombstoneReader<TRecord>? tombstones, BatchOrigin origin) : OutputDrain
{
    private Receiver<TRecord>[] _receivers = [];
    private Sink<TRecord>[] _sinks = [];

    public override void AddReceiver(object receiver) => _receivers = [.. _receivers, (Receiver<TRecord>)receiver];

    public override void AddSink(Sink sink) => _sinks = [.. _sinks, (Sink<TRecord>)sink];

    public override void Deliver()
    {
        if (buffer.Count == 0) return;
        if (tombstones is null || tombstones.CountOf(buffer) == 0) DeliverRecords(0, buffer.Count);
        else DeliverWithTombstones(tombstones);
        origin.BaseOffset += buffer.Count;
        Records += buffer.Count;
        buffer.Clear();
    }

    private void DeliverRecords(int from, int to)
    {
        if (from == to) return;
        ReadOnlySpan<TRecord> records = buffer.Records[from..to];
        ReadOnlySpan<long> times = buffer.Times[from..to];
        foreach (Receiver<TRecord> receiver in _receivers) receiver.Receive(new Batch<TRecord>(records, times, origin));
        foreach (Sink<TRecord> sink in _sinks) sink.Write(records, times);
    }

    /// <summary>A tombstone says something to a topic only; whoever reads records sees those around it.</summary>
    private void DeliverWithTombstones(TombstoneReader<TRecord> removed)
    {
        int from = 0;
        for (int i = 0; i < removed.CountOf(buffer); i++)
        {
            int index = removed.IndexOf(buffer, i);
            DeliverRecords(from, index);
            foreach (Sink<TRecord> sink in _sinks) sink.WriteTombstone(removed, buffer, i, buffer.Times[index]);
            from = index + 1;
        }

        DeliverRecords(from, buffer.Count);
    }
}
