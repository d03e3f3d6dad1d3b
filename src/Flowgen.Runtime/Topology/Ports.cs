using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>A type of record that an operator takes. Knows the type, so that it can make what the engine connects.</summary>
internal abstract class InputPort(OperatorNode node, string? topic)
{
    public OperatorNode Node { get; } = node;

    public string? Topic { get; } = topic;

    public abstract Type Record { get; }

    public abstract bool IsKeyed { get; }

    /// <summary>Makes the way into an operator of the same task.</summary>
    public abstract object CreateReceiver(IOperatorHost target);

    /// <summary>Makes an exchange that leads into the operators.</summary>
    public virtual Exchange CreateExchange(Edge edge) => throw new InvalidOperationException($"'{Node}' groups '{Record.Name}' by no key.");
}

internal class InputPort<TRecord, TCodec>(OperatorNode node, string? topic) : InputPort(node, topic)
    where TCodec : struct, IRecordCodec<TRecord>
{
    public override Type Record => typeof(TRecord);

    public override bool IsKeyed => false;

    public override object CreateReceiver(IOperatorHost target) => new OperatorReceiver<TRecord>(target);
}

internal sealed class KeyedInputPort<TRecord, TCodec, TPartitioner>(OperatorNode node, string? topic) : InputPort<TRecord, TCodec>(node, topic)
    where TCodec : struct, IRecordCodec<TRecord>
    where TPartitioner : struct, IPartitioner<TRecord>
{
    public override bool IsKeyed => true;

    public override Exchange CreateExchange(Edge edge) => new Exchange<TRecord, TCodec, TPartitioner>(edge);
}

/// <summary>A topic that an operator keeps as a table.</summary>
internal abstract class TablePort(OperatorNode node, string? topic)
{
    public OperatorNode Node { get; } = node;

    public string? Topic { get; } = topic;

    public abstract Type Record { get; }

    /// <param name="table">The topic.</param>
    /// <param name="owner">Who keeps it.</param>
    /// <param name="schemas">The schemas of the topics.</param>
    /// <param name="tells">Whether it tells of rows that cannot be kept.</param>
    public abstract TableFeed CreateFeed(TableEdge table, OperatorInstance owner, TopicSchemas schemas, bool tells);

    /// <summary>Appends the key bytes of a row, for a tombstone.</summary>
    public abstract void WriteKey(object row, ByteBuffer to);
}

internal sealed class TablePort<TRow, TCodec>(OperatorNode node, string? topic) : TablePort(node, topic)
    where TCodec : struct, IRecordCodec<TRow>
{
    public override Type Record => typeof(TRow);

    public override TableFeed CreateFeed(TableEdge table, OperatorInstance owner, TopicSchemas schemas, bool tells) =>
        new TypedTableFeed<TRow, TCodec>(table.Topic.Name, owner, schemas.MapsFor(table.Topic.Name, TCodec.Schema), table.Partitions, tells);

    public override void WriteKey(object row, ByteBuffer to) => TCodec.WriteKey((TRow)row, to);
}

/// <summary>A type of record that an operator emits.</summary>
internal abstract class OutputPort(OperatorNode node, int number, bool keyStays, string? topic)
{
    public OperatorNode Node { get; } = node;

    public int Number { get; } = number;

    public bool KeyStays { get; } = keyStays;

    public string? Topic { get; } = topic;

    public abstract Type Record { get; }

    /// <summary>Makes what empties the output.</summary>
    public abstract OutputDrain CreateDrain(Operator op, BatchOrigin origin);

    /// <summary>Makes a way out that is not a topic, without knowing the type of the records.</summary>
    public abstract Sink CreateSink(ISinkFactory factory);

    /// <summary>Makes the way into a topic.</summary>
    /// <param name="sink">The topic.</param>
    /// <param name="instance">Where the records come from.</param>
    /// <param name="epoch">Takes full batches.</param>
    /// <param name="schemas">The schemas of the topics.</param>
    public abstract Sink CreateSink(SinkEdge sink, OperatorInstance instance, EpochWriter epoch, TopicSchemas schemas);
}

internal class OutputPort<TRecord, TCodec>(OperatorNode node, int number, bool keyStays, string? topic) : OutputPort(node, number, keyStays, topic)
    where TCodec : struct, IRecordCodec<TRecord>
{
    public override Type Record => typeof(TRecord);

    protected virtual TombstoneReader<TRecord>? Tombstones => null;

    public override OutputDrain CreateDrain(Operator op, BatchOrigin origin) =>
        new OutputDrain<TRecord>((OutBuffer<TRecord>)op.Output(Number), Tombstones, origin);

    public override Sink CreateSink(ISinkFactory factory) => factory.Create<TRecord>(this);

    public override Sink CreateSink(SinkEdge sink, OperatorInstance instance, EpochWriter epoch, TopicSchemas schemas)
    {
        int partition = OwnPartition(sink.Partitions, instance);
        return new TypedSink<TRecord, TCodec>(epoch, sink.Topic.Name, schemas.IdOf(sink.Topic.Name, TCodec.Schema), sink.Partitions, partition);
    }

    /// <summary>The partition for all records of a task; -1 where the key of each decides.</summary>
    private int OwnPartition(int partitions, OperatorInstance instance)
    {
        if (partitions == 1) return 0;
        if (!TCodec.HasKey) return instance.Task.Partition % partitions;
        bool sameKeys = instance.Vertex.Partitions == partitions && instance.Vertex.LiesByKey(this);
        return sameKeys ? instance.Task.Partition : -1;
    }
}

internal sealed class KeyedOutputPort<TRecord, TCodec, TKey, TKeyCodec>(OperatorNode node, int number, bool keyStays, string? topic) : OutputPort<TRecord, TCodec>(node, number, keyStays, topic)
    where TCodec : struct, IRecordCodec<TRecord>
    where TKey : notnull
    where TKeyCodec : struct, IKeyCodec<TKey>
{
    protected override TombstoneReader<TRecord> Tombstones { get; } = new TombstoneReader<TRecord, TKey, TKeyCodec>();
}

/// <summary>An exchange between two operators of one stage.</summary>
internal sealed record InnerExchange(OutputPort From, InputPort To, string Name, int Partitions);
