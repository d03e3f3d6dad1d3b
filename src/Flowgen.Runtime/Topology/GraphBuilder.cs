namespace Flowgen.Runtime;

/// <summary>Turns the description of an app into its graph: resolves wires to ports, fuses, levels, and counts partitions.</summary>
internal sealed class GraphBuilder(AppInfo info, AppBuilder app)
{
    private readonly Dictionary<TopicRef, SourceVertex> _sources = [];
    private readonly Dictionary<OperatorNode, OperatorVertex> _operators = [];

    public FlowGraph Build(Func<TopicDeclaration, int> partitions)
    {
        foreach (StageRef stage in app.Stages) AddStage(stage.Description);
        foreach (Wire wire in app.Wires) AddWire(wire);
        List<Vertex> ordered = TopologicalOrder.Of([.. _sources.Values, .. _operators.Values]);
        List<TaskGroup> groups = GroupFusion.Fuse(ordered);
        PartitionCounts.Resolve(ordered, partitions);
        return new FlowGraph
        {
            App = info,
            Topics = app.Topics,
            Sources = [.. ordered.OfType<SourceVertex>()],
            Operators = [.. ordered.OfType<OperatorVertex>()],
            Groups = groups,
        };
    }

    private void AddStage(StageBuilder stage)
    {
        foreach (OperatorNode node in stage.Operators)
        {
            if (_operators.Keys.FirstOrDefault(other => other.Name == node.Name) is { } twin)
                throw new FlowTopologyException($"FLOW0904: '{twin.Stage.Name}' and '{node.Stage.Name}' are both named '{node.Name}': give one of them another name with [Stage(\"…\")].");
            _operators.Add(node, new OperatorVertex(node));
        }

        foreach (OutputPort output in stage.Outputs) _operators[output.Node].Ports.Add(output);
        foreach (InnerExchange inner in stage.Exchanges)
            Connect(new Edge(_operators[inner.From.Node], inner.From, _operators[inner.To.Node], inner.To, new ExchangeInfo(inner.Name, inner.Partitions)));
    }

    private void AddWire(Wire wire)
    {
        switch (wire)
        {
            case ReadWire read: AddRead(read); break;
            case TableWire table: AddTable(table); break;
            case StageWire stages: AddHandOver(stages); break;
            case WriteWire write: AddWrite(write); break;
        }
    }

    private void AddRead(ReadWire read)
    {
        if (!_sources.TryGetValue(read.Topic, out SourceVertex? source))
            _sources.Add(read.Topic, source = new SourceVertex(read.Topic, read.Start));
        if (source.Start != read.Start)
            throw new FlowTopologyException($"Topic '{read.Topic}' is read from both {source.Start} and {read.Start}, but an app has one position in a topic: give all its stages the same Start.");
        foreach (InputPort input in Inputs(read.Stage, read.Record, read.Topic.Name))
            Connect(new Edge(source, null, _operators[input.Node], input, read.Exchange, read.OutOfOrder, read.Idle));
    }

    private void AddTable(TableWire table)
    {
        List<TablePort> ports = [.. Matching(table.Stage.Description.Tables, port => port.Record == table.Record, port => port.Topic, table.Topic.Name)];
        if (ports.Count == 0) throw Unmatched(table.Stage, "keeps no table of", table.Record);
        foreach (TablePort port in ports) _operators[port.Node].Tables.Add(new TableEdge(table.Topic, port));
    }

    private void AddHandOver(StageWire wire)
    {
        foreach (OutputPort output in Outputs(wire.From, wire.Record, topic: null))
        {
            foreach (InputPort input in Inputs(wire.To, wire.Record, topic: null))
                Connect(new Edge(_operators[output.Node], output, _operators[input.Node], input, wire.Exchange));
        }
    }

    private void AddWrite(WriteWire write)
    {
        foreach (OutputPort output in Outputs(write.Stage, write.Record, write.Topic.Name))
            _operators[output.Node].Sinks.Add(new SinkEdge(output, write.Topic));
    }

    private static void Connect(Edge edge)
    {
        if (edge.Exchange is not null && !edge.To.IsKeyed)
            throw new FlowTopologyException($"Exchange '{edge.Exchange.Name}' leads to '{edge.Target}', which groups '{edge.To.Record.Name}' by no key.");
        edge.From.Outputs.Add(edge);
        edge.Target.Inputs.Add(edge);
    }

    private static List<InputPort> Inputs(StageRef stage, Type record, string? topic)
    {
        List<InputPort> ports = [.. Matching(stage.Description.Inputs, port => port.Record == record, port => port.Topic, topic)];
        return ports.Count > 0 ? ports : throw Unmatched(stage, "does not read", record);
    }

    private static List<OutputPort> Outputs(StageRef stage, Type record, string? topic)
    {
        List<OutputPort> ports = [.. Matching(stage.Description.Outputs, port => port.Record == record, port => port.Topic, topic)];
        return ports.Count > 0 ? ports : throw Unmatched(stage, "does not write", record);
    }

    /// <summary>The ports that name the topic; where none does, those that name no topic.</summary>
    private static IEnumerable<TPort> Matching<TPort>(IReadOnlyList<TPort> ports, Func<TPort, bool> fits, Func<TPort, string?> topicOf, string? topic)
    {
        List<TPort> named = [.. ports.Where(port => fits(port) && topic is not null && topicOf(port) == topic)];
        return named.Count > 0 ? named : ports.Where(port => fits(port) && topicOf(port) is null);
    }

    private static FlowTopologyException Unmatched(StageRef stage, string problem, Type record) =>
        new($"Stage '{stage}' {problem} '{record.Name}', although the app wires it so: build the project again, so that app and stage come from the same source.");
}
