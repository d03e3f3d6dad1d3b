namespace Flowgen.Runtime;

/// <summary>Finds the number of partitions of each vertex, and checks that topics which must meet have the same number of them.</summary>
internal static class PartitionCounts
{
    /// <param name="ordered">All vertices in topological order.</param>
    /// <param name="partitions">Tells how many partitions a topic really has.</param>
    public static void Resolve(List<Vertex> ordered, Func<TopicDeclaration, int> partitions)
    {
        foreach (Vertex vertex in ordered)
        {
            if (vertex is SourceVertex source) vertex.Widths.Add((source.Name, partitions(source.Topic.Declaration)));
            if (vertex is OperatorVertex op) CollectWidths(op, partitions);
            vertex.Partitions = vertex.Widths.Max(width => width.Partitions);
            vertex.Group.Partitions = Math.Max(vertex.Group.Partitions, vertex.Partitions);
        }
    }

    private static void CollectWidths(OperatorVertex op, Func<TopicDeclaration, int> partitions)
    {
        foreach (Edge edge in op.Inputs)
        {
            if (edge.Exchange is null) op.Widths.AddRange(edge.From.Widths);
            else if (edge.Exchange.Partitions > 0) op.Widths.Add((edge.Exchange.Name, edge.Exchange.Partitions));
        }

        foreach (TableEdge table in op.Tables)
        {
            table.Partitions = partitions(table.Topic.Declaration);
            op.Widths.Add((table.Topic.Name, table.Partitions));
        }

        foreach (SinkEdge sink in op.Sinks) sink.Partitions = partitions(sink.Topic.Declaration);
        if (op.Inputs.Count == 0)
            throw new FlowTopologyException($"Stage '{op.Node.Stage.Name}' reads nothing: no topic leads to '{op}'.");
        if (op.Widths.Count == 0) op.Widths.Add(op.Inputs.Select(edge => (edge.Exchange!.Name, edge.From.Partitions)).MaxBy(width => width.Partitions));
        if (op.IsKeyed && !op.IsCoPartitioned) throw NotCoPartitioned(op.Widths);
    }

    private static FlowTopologyException NotCoPartitioned(List<(string Name, int Partitions)> widths)
    {
        (string Name, int Partitions) other = widths.Find(width => width.Partitions != widths[0].Partitions);
        return new($"FLOW0803: '{widths[0].Name}' has {widths[0].Partitions} partitions and '{other.Name}' has {other.Partitions}: give both the same number, or use [GlobalTable]");
    }
}
