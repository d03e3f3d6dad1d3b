namespace Flowgen.Runtime;

/// <summary>Fuses what is connected without an exchange: it runs in the same task.</summary>
internal static class GroupFusion
{
    /// <param name="ordered">All vertices in topological order, which the groups keep.</param>
    public static List<TaskGroup> Fuse(List<Vertex> ordered)
    {
        List<TaskGroup> groups = [];
        foreach (Vertex vertex in ordered)
        {
            if (vertex.Group is not null) continue;
            TaskGroup group = new() { Index = groups.Count };
            groups.Add(group);
            Spread(vertex, group);
        }

        foreach (Vertex vertex in ordered)
        {
            if (vertex is SourceVertex source) vertex.Group.Sources.Add(source);
            if (vertex is OperatorVertex op) vertex.Group.Operators.Add(op);
        }

        return groups;
    }

    private static void Spread(Vertex vertex, TaskGroup group)
    {
        if (vertex.Group is not null) return;
        vertex.Group = group;
        foreach (Edge edge in vertex.Outputs)
        {
            if (edge.Exchange is null) Spread(edge.Target, group);
        }

        foreach (Edge edge in vertex.Inputs)
        {
            if (edge.Exchange is null) Spread(edge.From, group);
        }
    }
}
