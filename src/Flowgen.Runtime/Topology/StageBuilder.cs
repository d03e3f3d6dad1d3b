using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>Takes the description of one stage: its operators, what they read and what they write.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StageBuilder
{
    private readonly List<OperatorNode> _operators = [];
    private readonly List<InputPort> _inputs = [];
    private readonly List<TablePort> _tables = [];
    private readonly List<OutputPort> _outputs = [];
    private readonly List<InnerExchange> _exchanges = [];

    internal StageBuilder(StageInfo info) => Info = info;

    internal StageInfo Info { get; }

    internal IReadOnlyList<OperatorNode> Operators => _operators;

    internal IReadOnlyList<InputPort> Inputs => _inputs;

    internal IReadOnlyList<TablePort> Tables => _tables;

    internal IReadOnlyList<OutputPort> Outputs => _outputs;

    internal IReadOnlyList<InnerExchange> Exchanges => _exchanges;

    /// <summary>Adds an operator; the engine makes one instance for each task.</summary>
    /// <param name="name">Unique in the app and stable over builds, since it names the operator's state: the name of the stage,
    /// or the name of the stage and <c>.prepare</c> for what comes before the stage's own exchange.</param>
    /// <param name="create">Makes an instance.</param>
    /// <returns>The operator, to be passed to the other methods.</returns>
    public OperatorNode Operator(string name, Func<IServiceProvider, Operator> create)
    {
        OperatorNode node = new(Info, name, create);
        _operators.Add(node);
        return node;
    }

    /// <summary>The operator takes records of a type, however they are partitioned.</summary>
    /// <typeparam name="TRecord">The record type; the operator implements <see cref="IInput{TRecord}"/> of it.</typeparam>
    /// <typeparam name="TCodec">Its codec.</typeparam>
    /// <param name="node">The operator.</param>
    /// <param name="topic">Name of the topic, where the stage names one with a marker; null for all of the type.</param>
    public void Input<TRecord, TCodec>(OperatorNode node, string? topic = null)
        where TCodec : struct, IRecordCodec<TRecord> =>
        _inputs.Add(new InputPort<TRecord, TCodec>(node, topic));

    /// <summary>The operator takes records of a type and groups them by a key.</summary>
    /// <typeparam name="TRecord">The record type; the operator implements <see cref="IInput{TRecord}"/> of it.</typeparam>
    /// <typeparam name="TCodec">Its codec.</typeparam>
    /// <typeparam name="TPartitioner">The key by which the operator groups.</typeparam>
    /// <param name="node">The operator.</param>
    /// <param name="topic">Name of the topic, where the stage names one with a marker; null for all of the type.</param>
    public void Input<TRecord, TCodec, TPartitioner>(OperatorNode node, string? topic = null)
        where TCodec : struct, IRecordCodec<TRecord>
        where TPartitioner : struct, IPartitioner<TRecord> =>
        _inputs.Add(new KeyedInputPort<TRecord, TCodec, TPartitioner>(node, topic));

    /// <summary>The operator keeps the newest row of each key of a topic.</summary>
    /// <typeparam name="TRow">The record type; the operator implements <see cref="ITableInput{TRow}"/> of it.</typeparam>
    /// <typeparam name="TCodec">Its codec.</typeparam>
    /// <param name="node">The operator.</param>
    /// <param name="topic">Name of the topic, where the stage names one with a marker; null for all of the type.</param>
    public void Table<TRow, TCodec>(OperatorNode node, string? topic = null)
        where TCodec : struct, IRecordCodec<TRow> =>
        _tables.Add(new TablePort<TRow, TCodec>(node, topic));

    /// <summary>Inside the stage the key changes: records go from one operator to the task of the other that owns the new key.</summary>
    /// <typeparam name="TRecord">The record type; <paramref name="to"/> implements <see cref="IInput{TRecord}"/> of it.</typeparam>
    /// <typeparam name="TCodec">Its codec.</typeparam>
    /// <typeparam name="TPartitioner">The new key.</typeparam>
    /// <param name="from">The operator before the exchange.</param>
    /// <param name="port">Its output.</param>
    /// <param name="to">The operator behind it.</param>
    /// <param name="name">Name of the exchange: <c>{stage}.{record}</c>, unique in the app.</param>
    /// <param name="partitions">Number of partitions behind the exchange; 0 takes the number of the input, or of the table beside which the records must arrive.</param>
    public void Exchange<TRecord, TCodec, TPartitioner>(OperatorNode from, int port, OperatorNode to, string name, int partitions = 0)
        where TCodec : struct, IRecordCodec<TRecord>
        where TPartitioner : struct, IPartitioner<TRecord>
    {
        OutputPort output = new OutputPort<TRecord, TCodec>(from, port, keyStays: false, topic: null);
        InputPort input = new KeyedInputPort<TRecord, TCodec, TPartitioner>(to, topic: null);
        _exchanges.Add(new InnerExchange(output, input, name, partitions));
    }

    /// <summary>The operator emits records of a type.</summary>
    /// <typeparam name="TRecord">The record type; the output is an <see cref="OutBuffer{TRecord}"/> of it.</typeparam>
    /// <typeparam name="TCodec">Its codec.</typeparam>
    /// <param name="node">The operator.</param>
    /// <param name="port">Number of the output.</param>
    /// <param name="keyStays">Whether the key of what is emitted is proven to be the key by which the operator's task is partitioned.</param>
    /// <param name="topic">Name of the topic, where the stage names one with a marker; null for all of the type.</param>
    public void Output<TRecord, TCodec>(OperatorNode node, int port, bool keyStays, string? topic = null)
        where TCodec : struct, IRecordCodec<TRecord> =>
        _outputs.Add(new OutputPort<TRecord, TCodec>(node, port, keyStays, topic));

    /// <summary>The operator emits records and tombstones of a type.</summary>
    /// <typeparam name="TRecord">The record type; the output is a <see cref="KeyedOutBuffer{TRecord, TKey}"/> of it.</typeparam>
    /// <typeparam name="TCodec">Its codec.</typeparam>
    /// <typeparam name="TKey">Type of its key.</typeparam>
    /// <typeparam name="TKeyCodec">Codec of its key.</typeparam>
    /// <param name="node">The operator.</param>
    /// <param name="port">Number of the output.</param>
    /// <param name="keyStays">Whether the key of what is emitted is proven to be the key by which the operator's task is partitioned.</param>
    /// <param name="topic">Name of the topic, where the stage names one with a marker; null for all of the type.</param>
    public void Output<TRecord, TCodec, TKey, TKeyCodec>(OperatorNode node, int port, bool keyStays, string? topic = null)
        where TCodec : struct, IRecordCodec<TRecord>
        where TKey : notnull
        where TKeyCodec : struct, IKeyCodec<TKey> =>
        _outputs.Add(new KeyedOutputPort<TRecord, TCodec, TKey, TKeyCodec>(node, port, keyStays, topic));
}
