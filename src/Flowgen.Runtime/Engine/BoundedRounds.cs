namespace Flowgen.Runtime;

/// <summary>The order in which topics end in a bounded run: a topic that the app itself writes ends only when all that write it have ended and committed.</summary>
internal static class BoundedRounds
{
    /// <summary>Gives each vertex its round.</summary>
    /// <returns>The last round.</returns>
    /// <exception cref="FlowTopologyException">Stages feed each other through topics, so none of them ends first.</exception>
    public static int Number(FlowGraph graph)
    {
        RefuseOwnTables(graph);
        if (TryNumber(graph) is { } last) return last;
        IEnumerable<string> stages = graph.Operators.Where(op => op.Round >= LimitOf(graph)).Select(op => op.Node.Stage.Name).Distinct();
        throw new FlowTopologyException($"FLOW0901: These stages feed each other through topics: {string.Join(", ", stages)}. Their input has no end, so run them with RunAsync.");
    }

    /// <summary>Gives each vertex its round, where there is an order.</summary>
    /// <returns>The last round; null if stages feed each other through topics.</returns>
    public static int? TryNumber(FlowGraph graph)
    {
        foreach (Vertex vertex in graph.Vertices) vertex.Round = 0;
        for (int pass = 0; pass <= LimitOf(graph); pass++)
        {
            if (!RaiseSources(graph) & !RaiseOperators(graph)) return graph.Vertices.Max(vertex => vertex.Round);
        }

        return null;
    }

    private static int LimitOf(FlowGraph graph) => graph.Sources.Count + 1;

    /// <summary>A table is read before its stage starts, and a bounded run would never see the rows that the app itself adds.</summary>
    private static void RefuseOwnTables(FlowGraph graph)
    {
        foreach (OperatorVertex op in graph.Operators)
        {
            foreach (TableEdge table in op.Tables)
            {
                OperatorVertex? writer = graph.Operators.FirstOrDefault(other => other.Sinks.Exists(sink => sink.Topic.Name == table.Topic.Name));
                if (writer is null) continue;
                throw new FlowTopologyException($"Stage '{op.Node.Stage.Name}' keeps '{table.Topic.Name}' as a table, which stage '{writer.Node.Stage.Name}' of the same app writes: a bounded run reads tables before it starts and would miss those rows. Run the app with RunAsync, or put the two stages into two apps and run one after the other.");
            }
        }
    }

    private static bool RaiseSources(FlowGraph graph)
    {
        bool raised = false;
        foreach (SourceVertex source in graph.Sources)
        {
            int written = graph.Operators.Where(op => op.Sinks.Exists(sink => sink.Topic.Name == source.Topic.Name)).Select(op => op.Round + 1).DefaultIfEmpty(0).Max();
            raised |= Raise(source, written);
        }

        return raised;
    }

    private static bool RaiseOperators(FlowGraph graph)
    {
        bool raised = false;
        foreach (OperatorVertex op in graph.Operators) raised |= Raise(op, op.Inputs.Max(edge => edge.From.Round));
        return raised;
    }

    private static bool Raise(Vertex vertex, int round)
    {
        if (round <= vertex.Round) return false;
        vertex.Round = round;
        return true;
    }
}
