using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>An app as the engine runs it: fused groups of operators, exchanges between them, and their topics.</summary>
internal sealed class FlowGraph
{
    public required AppInfo App { get; init; }

    public required IReadOnlyList<TopicRef> Topics { get; init; }

    public required IReadOnlyList<SourceVertex> Sources { get; init; }

    /// <summary>All operators, each behind those from which it reads.</summary>
    public required IReadOnlyList<OperatorVertex> Operators { get; init; }

    public required IReadOnlyList<TaskGroup> Groups { get; init; }

    public IEnumerable<Vertex> Vertices => Sources.Concat<Vertex>(Operators);

    /// <summary>Number of levels between exchanges.</summary>
    public int Levels => Vertices.Max(vertex => vertex.Level) + 1;

    /// <summary>Refuses inputs that have other partitions than when the graph was built; from now on the log refuses to add some.</summary>
    public void CheckPartitions(FlowLog log)
    {
        foreach (SourceVertex source in Sources)
        {
            int partitions = log.DescribeTopic(source.Topic.Name).Partitions;
            if (partitions != source.Partitions)
                throw new FlowTopologyException($"Topic '{source.Topic.Name}' had {source.Partitions} partitions when the engine of app '{App.Name}' was made, and has {partitions} now: make another engine.");
        }
    }

    /// <summary>Builds the graph of an app.</summary>
    /// <param name="partitions">Tells how many partitions a topic really has.</param>
    public static FlowGraph Of<TApp>(Func<TopicDeclaration, int> partitions)
        where TApp : IFlowApp<TApp>
    {
        AppBuilder app = new();
        TApp.Describe(app);
        return new GraphBuilder(TApp.Info, app).Build(partitions);
    }
}
