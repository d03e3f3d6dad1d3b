namespace Flowgen.Runtime;

/// <summary>A type of record that an operator takes.</summary>
internal abstract class InputPort(OperatorNode node, string? topic)
{
    public OperatorNode Node { get; } = node;

    public string? Topic { get; } = topic;

    public abstract Type Record { get; }

    public abstract bool IsKeyed { get; }
}

internal class InputPort<TRecord, TCodec>(OperatorNode node, string? topic) : InputPort(node, topic)
    where TCodec : struct
{
    public override Type Record => typeof(TRecord);

    public override bool IsKeyed => false;
}

internal sealed class KeyedInputPort<TRecord, TCodec, TPartitioner>(OperatorNode node, string? topic) : InputPort<TRecord, TCodec>(node, topic)
    where TCodec : struct
    where TPartitioner : struct, IPartitioner<TRecord>
{
    public override bool IsKeyed => true;
}

/// <summary>A topic that an operator keeps as a table.</summary>
internal abstract class TablePort(OperatorNode node, string? topic)
{
    public OperatorNode Node { get; } = node;

    public string? Topic { get; } = topic;

    public abstract Type Record { get; }
}

internal sealed class TablePort<TRow, TCodec>(OperatorNode node, string? topic) : TablePort(node, topic)
    where TCodec : struct
{
    public override Type Record => typeof(TRow);
}

/// <summary>A type of record that an operator emits.</summary>
internal abstract class OutputPort(OperatorNode node, int number, bool keyStays, string? topic)
{
    public OperatorNode Node { get; } = node;

    public int Number { get; } = number;

    public bool KeyStays { get; } = keyStays;

    public string? Topic { get; } = topic;

    public abstract Type Record { get; }
}

internal class OutputPort<TRecord, TCodec>(OperatorNode node, int number, bool keyStays, string? topic) : OutputPort(node, number, keyStays, topic)
    where TCodec : struct
{
    public override Type Record => typeof(TRecord);
}

internal sealed class KeyedOutputPort<TRecord, TCodec, TKey, TKeyCodec>(OperatorNode node, int number, bool keyStays, string? topic) : OutputPort<TRecord, TCodec>(node, number, keyStays, topic)
    where TCodec : struct
    where TKey : notnull
    where TKeyCodec : struct;

/// <summary>An exchange between two operators of one stage.</summary>
internal sealed record InnerExchange(OutputPort From, InputPort To, string Name, int Partitions);
