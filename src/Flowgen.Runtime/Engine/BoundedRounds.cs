namespace Flowgen.Runtime;

/// <summary>The order in which topics end in a bounded run: a topic that the app itself writes ends only when all that write it have ended and committed.</summary>
internal static class BoundedRounds
{
    /// <summary>Gives each vertex its round.</summary>
    /// <returns>The last round.</returns>
    /// <exception cref="FlowTopologyException">Stages feed each other through topics, so none of them ends first.</exception>
    public static int Number(FlowGraph graph)
    {
        foreach (Vertex vertex in graph.Vertices) vertex.Round = 0;
        int limit = graph.Sources.Count + 1;
        for (int pass = 0; pass <= limit; pass++)
        {
            if (!RaiseSources(graph) & !RaiseOperators(graph)) return graph.Vertices.Max(vertex => vertex.Round);
        }

        IEnumerable<string> stages = graph.Operators.Where(op => op.Round >= limit).Select(op => op.Node.Stage.Name).Distinct();
        throw new FlowTopologyException($"FLOW0901: These stages feed each other through topics: {string.Join(", ", stages)}. Their input has no end, so run them with RunAsync.");
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
