namespace Flowgen.Runtime;

/// <summary>An operator in one task, with its inputs' watermarks and its outputs.</summary>
internal sealed class OperatorInstance(FlowTask task, OperatorVertex vertex, Operator op) : IOperatorHost
{
    public FlowTask Task { get; } = task;

    public OperatorVertex Vertex { get; } = vertex;

    public Operator Operator { get; } = op;

    public List<WatermarkCell> Inputs { get; } = [];

    public List<OutputDrain> Outputs { get; } = [];

    /// <summary>What the operator has stored; null where it has no state.</summary>
    public Changelog? Changelog { get; set; }

    /// <summary>How far event time has come behind the operator.</summary>
    public WatermarkCell Clock { get; } = new();

    public long LateRecords => Operator.LateRecords;

    public void BeginBatch() => Task.Context.Running = this;

    public void EndBatch()
    {
        Operator.EndBatch();
        Deliver();
    }

    /// <summary>Moves the operator's watermark to the minimum over its inputs that are not idle.</summary>
    public void Advance()
    {
        long minimum = long.MaxValue;
        bool isIdle = true;
        foreach (WatermarkCell input in Inputs)
        {
            if (input.IsIdle) continue;
            isIdle = false;
            minimum = Math.Min(minimum, input.Watermark);
        }

        Clock.IsIdle = isIdle;
        if (!isIdle && Clock.Raise(minimum)) AdvanceTo(minimum);
    }

    /// <summary>Closes every window: the input has ended. The end is no watermark and is not kept.</summary>
    public void EndTime() => AdvanceTo(long.MaxValue);

    /// <summary>Goes on with the watermark of the last commit.</summary>
    public void Restore(long watermark)
    {
        if (Clock.Raise(watermark)) AdvanceTo(watermark);
    }

    public void EndEpoch()
    {
        Task.Context.Running = this;
        Operator.EndEpoch();
        Deliver();
    }

    private void AdvanceTo(long watermark)
    {
        Task.Context.Running = this;
        Operator.Advance(watermark);
        Deliver();
    }

    private void Deliver()
    {
        foreach (OutputDrain output in Outputs) output.Deliver();
    }
}
