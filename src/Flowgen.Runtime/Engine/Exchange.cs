namespace Flowgen.Runtime;

/// <summary>One exchange of the app: from every task of one group to the tasks of another that own the keys.</summary>
internal abstract class Exchange(Edge edge)
{
    public Edge Edge { get; } = edge;

    /// <summary>Makes the end in a task that owns keys; the tasks in the order of their partitions.</summary>
    public abstract void AddReceiver(OperatorInstance target, TopicSchemas schemas);

    /// <summary>Makes the end in a task that sends, when all receivers are there.</summary>
    /// <returns>A <see cref="Receiver{TRecord}"/> for what feeds the exchange.</returns>
    public abstract object AddSender(FlowTask from, WatermarkCell upstream, FlowControl flow);
}

internal sealed class Exchange<TRecord, TCodec, TPartitioner>(Edge edge) : Exchange(edge)
    where TCodec : struct, IRecordCodec<TRecord>
    where TPartitioner : struct, IPartitioner<TRecord>
{
    private readonly List<ExchangeReceiver<TRecord, TCodec>> _receivers = [];

    public override void AddReceiver(OperatorInstance target, TopicSchemas schemas)
    {
        string name = Edge.Exchange!.Name;
        _receivers.Add(new ExchangeReceiver<TRecord, TCodec>(name, target, Edge.From.Partitions, schemas.MapsForExchange(name, TCodec.Schema), Edge.IsInner));
    }

    public override object AddSender(FlowTask from, WatermarkCell upstream, FlowControl flow)
    {
        Receiver<TRecord>? local = _receivers.Count == 1 && _receivers[0].Task.Worker == from.Worker ? _receivers[0].Local : null;
        ExchangeLink<TRecord> link = new(from.Partition, Edge.From.Level, upstream, [.. _receivers], local, flow, from.Context);
        Receiver<TRecord> sender = TCodec.Borrows
            ? new EncodedExchangeSender<TRecord, TCodec, TPartitioner>(link)
            : new TypedExchangeSender<TRecord, TCodec, TPartitioner>(link);
        from.Senders.Add((IExchangeSender)sender);
        if (local is not null) from.Fed.Add(_receivers[0].Task);
        return sender;
    }
}
