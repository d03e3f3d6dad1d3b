namespace Flowgen.Runtime;

/// <summary>Something that a task runs: the source of a topic, or an operator.</summary>
internal abstract class Vertex(string name)
{
    public string Name { get; } = name;

    /// <summary>What leaves the vertex for other operators, in the order of the description.</summary>
    public List<Edge> Outputs { get; } = [];

    public List<Edge> Inputs { get; } = [];

    /// <summary>Number of exchanges on the longest way from a topic: an epoch is drained level by level.</summary>
    public int Level { get; set; }

    /// <summary>When the vertex ends in a bounded run; see <see cref="BoundedRounds"/>.</summary>
    public int Round { get; set; }

    public TaskGroup Group { get; set; } = null!;

    /// <summary>Number of tasks that run the vertex.</summary>
    public int Partitions { get; set; }

    /// <summary>The topics and exchanges by which the vertex is partitioned, each with its number of partitions.</summary>
    public List<(string Name, int Partitions)> Widths { get; } = [];

    /// <summary>Whether they all have the same number, so that a task is one partition of a key.</summary>
    public bool IsCoPartitioned => Widths.TrueForAll(width => width.Partitions == Widths[0].Partitions);

    public override string ToString() => Name;
}

/// <summary>A topic that stages read: one reader for each partition, whoever reads it.</summary>
internal sealed class SourceVertex(TopicRef topic, StartAt start) : Vertex(topic.Name)
{
    public TopicRef Topic { get; } = topic;

    public StartAt Start { get; } = start;
}

/// <summary>An operator of a stage with what it keeps and writes.</summary>
internal sealed class OperatorVertex(OperatorNode node) : Vertex(node.Name)
{
    public OperatorNode Node { get; } = node;

    /// <summary>All outputs, those too that lead nowhere.</summary>
    public List<OutputPort> Ports { get; } = [];

    public List<TableEdge> Tables { get; } = [];

    public List<SinkEdge> Sinks { get; } = [];

    /// <summary>Whether equal keys must meet in one task.</summary>
    public bool IsKeyed => Tables.Count > 0 || Inputs.Exists(edge => edge.To.IsKeyed);

    /// <summary>Whether each record of an output is in the task that owns its key: the operator keeps the key, and what it reads is there too.</summary>
    public bool LiesByKey(OutputPort port) => port.KeyStays && IsCoPartitioned
        && Inputs.TrueForAll(edge => edge.To.IsKeyed || edge.From is not OperatorVertex from || from.LiesByKey(edge.Port!));
}
