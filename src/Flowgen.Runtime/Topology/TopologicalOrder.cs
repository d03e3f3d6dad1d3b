namespace Flowgen.Runtime;

/// <summary>Orders vertices so that each comes behind those from which it reads, and gives each its level.</summary>
internal static class TopologicalOrder
{
    public static List<Vertex> Of(IReadOnlyList<Vertex> vertices)
    {
        List<Vertex> ordered = [];
        Dictionary<Vertex, int> missing = vertices.ToDictionary(vertex => vertex, vertex => vertex.Inputs.Count);
        while (ordered.Count < vertices.Count)
        {
            Vertex next = vertices.FirstOrDefault(vertex => missing.TryGetValue(vertex, out int count) && count == 0) ?? throw Cycle(missing.Keys);
            missing.Remove(next);
            ordered.Add(next);
            foreach (Edge edge in next.Outputs) missing[edge.Target]--;
            next.Level = next.Inputs.Select(LevelBehind).DefaultIfEmpty(0).Max();
        }

        return ordered;
    }

    private static int LevelBehind(Edge edge) => edge.From.Level + (edge.Exchange is null ? 0 : 1);

    private static FlowTopologyException Cycle(IEnumerable<Vertex> stuck)
    {
        IEnumerable<string> stages = stuck.OfType<OperatorVertex>().Select(vertex => vertex.Node.Stage.Name).Distinct();
        return new($"FLOW0901: These stages feed each other: {string.Join(", ", stages)}");
    }
}
