namespace Flowgen.Runtime;

/// <summary>A way of records from a source or an operator to an operator: direct in the same task, or through an exchange.</summary>
/// <param name="From">Where the records come from.</param>
/// <param name="Port">The output of an operator; null for a source.</param>
/// <param name="Target">Where they go.</param>
/// <param name="To">The input of the target.</param>
/// <param name="Exchange">Not null where records go to the task that owns their key.</param>
/// <param name="OutOfOrder">Behind a source: milliseconds by which an event may be behind the newest of its partition.</param>
/// <param name="Idle">Behind a source: milliseconds of silence after which a partition no longer holds back the watermark.</param>
internal sealed record Edge(Vertex From, OutputPort? Port, OperatorVertex Target, InputPort To, ExchangeInfo? Exchange, long OutOfOrder = 0, long Idle = 0)
{
    /// <summary>Whether both ends are of one stage.</summary>
    public bool IsInner => From is OperatorVertex from && from.Node.Stage.Name == Target.Node.Stage.Name;
}

/// <summary>A topic kept as a table beside an operator.</summary>
internal sealed record TableEdge(TopicRef Topic, TablePort Port)
{
    public int Partitions { get; set; }
}

/// <summary>An output written to a topic.</summary>
internal sealed record SinkEdge(OutputPort Port, TopicRef Topic)
{
    public int Partitions { get; set; }
}
