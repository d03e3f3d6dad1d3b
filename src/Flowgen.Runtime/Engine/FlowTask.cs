namespace Flowgen.Runtime;

/// <summary>One partition of a group of fused operators. Run by one worker, so that nothing in it needs a lock.</summary>
internal sealed class FlowTask(TaskGroup group, int partition, Worker worker) : IDisposable
{
    private long _pending;
    private FlowTask[]? _reached;

    public TaskGroup Group { get; } = group;

    public int Partition { get; } = partition;

    public Worker Worker { get; } = worker;

    public List<Source> Sources { get; } = [];

    public List<TableFeed> Tables { get; } = [];

    /// <summary>The operators, each behind those from which it reads.</summary>
    public List<OperatorInstance> Operators { get; } = [];

    public List<IExchangeSender> Senders { get; } = [];

    public List<Sink> Sinks { get; } = [];

    /// <summary>Tasks of the same worker that take what this one sends at once.</summary>
    public List<FlowTask> Fed { get; } = [];

    public string App => Worker.App;

    /// <summary>What runs now, for the message of an error.</summary>
    public StepContext Context => Worker.Context;

    /// <summary>Lets event time move through the operators, after records have.</summary>
    public void AdvanceAll()
    {
        Context.ReadNothing();
        foreach (OperatorInstance op in Operators) op.Advance();
    }

    /// <summary>Closes the epoch for everything between two exchanges.</summary>
    /// <param name="level">The level.</param>
    /// <param name="endRound">Where time ends now: the round of a bounded run; -1 nowhere.</param>
    public void CloseLevel(int level, int endRound)
    {
        Context.ReadNothing();
        foreach (OperatorInstance op in Operators)
        {
            if (op.Vertex.Level != level) continue;
            op.Advance();
            if (op.Vertex.Round == endRound) op.EndTime();
            op.EndEpoch();
        }

        foreach (IExchangeSender sender in Senders)
        {
            if (sender.Level == level) sender.Flush();
        }
    }

    /// <summary>Tells the epoch how much state has changed, here and in the tasks that have taken what came of it, after records have been processed.</summary>
    public void NoteChanged(EpochWriter epoch)
    {
        _reached ??= Reach();
        foreach (FlowTask task in _reached) task.NoteOwnChanges(epoch);
    }

    /// <summary>Hands outputs and changed state to the epoch.</summary>
    public void Collect(EpochWriter epoch)
    {
        Context.Running = null;
        foreach (Sink sink in Sinks) sink.Flush();
        foreach (OperatorInstance op in Operators) op.Changelog?.Write(epoch, op.Clock.Watermark);
        NoteOwnChanges(epoch);
    }

    public void Dispose()
    {
        foreach (Source source in Sources) source.Dispose();
        foreach (TableFeed table in Tables) table.Dispose();
    }

    private void NoteOwnChanges(EpochWriter epoch)
    {
        long changed = 0;
        foreach (OperatorInstance op in Operators) changed += op.Changelog?.ChangedBytes ?? 0;
        if (changed == _pending) return;
        epoch.AddPending(changed - _pending);
        _pending = changed;
    }

    /// <summary>This task and those that it feeds, over any number of steps; they may feed it in turn.</summary>
    private FlowTask[] Reach()
    {
        List<FlowTask> reached = [this];
        for (int i = 0; i < reached.Count; i++) reached.AddRange(reached[i].Fed.Where(task => !reached.Contains(task)).Distinct());
        return [.. reached];
    }
}
