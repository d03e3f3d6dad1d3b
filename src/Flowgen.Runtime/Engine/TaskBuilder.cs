namespace Flowgen.Runtime;

/// <summary>Makes the tasks of a run from the graph: an instance of each operator for each partition, connected.</summary>
internal sealed class TaskBuilder(EngineRun run, FlowEngineOptions options, IServiceProvider services)
{
    private readonly TopicSchemas _schemas = new(run.Log);
    private readonly Dictionary<(Vertex Vertex, int Partition), OperatorInstance> _instances = [];
    private readonly Dictionary<(Vertex Vertex, int Partition), Source> _sources = [];
    private readonly Dictionary<(OperatorInstance Instance, int Port), OutputDrain> _drains = [];

    public FlowTask[] Create(Worker[] workers)
    {
        FlowTask[] tasks = [.. run.Graph.Groups.SelectMany(group => CreateTasks(group, workers))];
        foreach (Edge edge in run.Graph.Operators.SelectMany(op => op.Inputs))
        {
            if (edge.Exchange is null) ConnectDirect(edge);
            else ConnectExchange(edge);
        }

        return tasks;
    }

    private IEnumerable<FlowTask> CreateTasks(TaskGroup group, Worker[] workers)
    {
        for (int partition = 0; partition < group.Partitions; partition++)
        {
            // Groups of one partition each start on another worker, so that a chain of them keeps several busy.
            Worker worker = workers[(partition + group.Index) % workers.Length];
            FlowTask task = new(group, partition, worker);
            worker.Tasks.Add(task);
            foreach (SourceVertex source in group.Sources.Where(source => partition < source.Partitions)) AddSource(task, source);
            foreach (OperatorVertex op in group.Operators.Where(op => partition < op.Partitions)) AddOperator(task, op);
            yield return task;
        }
    }

    private void AddSource(FlowTask task, SourceVertex vertex)
    {
        Source source = vertex.Topic.CreateSource(vertex, task, _schemas);
        _sources.Add((vertex, task.Partition), source);
        task.Sources.Add(source);
    }

    private void AddOperator(FlowTask task, OperatorVertex vertex)
    {
        OperatorInstance instance = new(task, vertex, vertex.Node.Create(services));
        _instances.Add((vertex, task.Partition), instance);
        task.Operators.Add(instance);
        foreach (TableEdge table in vertex.Tables) task.Tables.Add(table.Port.CreateFeed(table, instance, _schemas, Tells(table)));
        foreach (SinkEdge edge in vertex.Sinks)
        {
            Sink sink = edge.Port.CreateSink(edge, instance, run.Epoch, _schemas);
            task.Sinks.Add(sink);
            DrainOf(instance, edge.Port).AddSink(sink);
        }

        foreach (OutputPort port in vertex.Ports) DrainOf(instance, port); // those too that lead nowhere: they must not grow
        Store[] stores = instance.Operator.Stores.ToArray();
        if (stores.Length > 0) instance.Changelog = CreateChangelog(instance, stores);
    }

    /// <summary>Whether a table is the one of the app's readers of its topic that tells of rows that cannot be kept.</summary>
    private bool Tells(TableEdge table) => run.Graph.Sources.All(source => source.Topic.Name != table.Topic.Name)
        && run.Graph.Operators.SelectMany(op => op.Tables).First(other => other.Topic.Name == table.Topic.Name) == table;

    private Changelog CreateChangelog(OperatorInstance instance, Store[] stores)
    {
        string topic = $"__{run.Graph.App.Name}.{instance.Vertex.Name}.changelog";
        int partitions = instance.Vertex.Partitions;
        int existing = run.Log.EnsureTopic(new TopicDeclaration(topic, partitions) { MaxRecordBytes = Changelog.MaxRecordBytes }); // whatever the log allows others
        if (existing != partitions)
            throw new FlowTopologyException($"FLOW1209: '{instance.Vertex.Name}' had {existing} partitions and now has {partitions}: keys move, so state and order of old records do not follow. Give the stage another name with [Stage(\"…\")], so that it starts with empty state, or let it read a topic of {existing} partitions: a topic keeps those that it has, so that is another one.");
        return new Changelog(run.Graph.App.Name, topic, instance.Task.Partition, instance.Vertex.Node.Stage.Name, stores, options);
    }

    private void ConnectDirect(Edge edge)
    {
        for (int partition = 0; partition < edge.From.Partitions; partition++)
        {
            OperatorInstance target = _instances[(edge.Target, partition)];
            target.Inputs.Add(Connect(edge, partition, edge.To.CreateReceiver(target)));
        }
    }

    private void ConnectExchange(Edge edge)
    {
        Exchange exchange = edge.To.CreateExchange(edge);
        for (int partition = 0; partition < edge.Target.Partitions; partition++) exchange.AddReceiver(_instances[(edge.Target, partition)], _schemas);
        for (int partition = 0; partition < edge.From.Partitions; partition++)
            Connect(edge, partition, exchange.AddSender(TaskOf(edge.From, partition), UpstreamClock(edge, partition), run.Flow));
    }

    /// <summary>Adds a receiver behind a source or an operator.</summary>
    /// <returns>How far event time has come there.</returns>
    private WatermarkCell Connect(Edge edge, int partition, object receiver)
    {
        if (edge.From is SourceVertex) _sources[(edge.From, partition)].AddReceiver(receiver);
        else DrainOf(_instances[(edge.From, partition)], edge.Port!).AddReceiver(receiver);
        return UpstreamClock(edge, partition);
    }

    private WatermarkCell UpstreamClock(Edge edge, int partition) => edge.From is SourceVertex
        ? _sources[(edge.From, partition)].AddClock(edge.OutOfOrder, edge.Idle)
        : _instances[(edge.From, partition)].OutputClock;

    private FlowTask TaskOf(Vertex vertex, int partition) => _instances.TryGetValue((vertex, partition), out OperatorInstance? instance)
        ? instance.Task
        : _sources[(vertex, partition)].Task;

    private OutputDrain DrainOf(OperatorInstance instance, OutputPort port)
    {
        if (_drains.TryGetValue((instance, port.Number), out OutputDrain? drain)) return drain;
        drain = port.CreateDrain(instance.Operator, new BatchOrigin { Topic = instance.Vertex.Name, Partition = instance.Task.Partition });
        _drains.Add((instance, port.Number), drain);
        instance.AddOutput(drain, instance.Vertex.Outputs.Exists(edge => edge.Port == port && edge.IsInner));
        return drain;
    }
}
