namespace Flowgen.Runtime;

/// <summary>An operator in one task, with its inputs' watermarks and its outputs.</summary>
internal sealed class OperatorInstance(FlowTask task, OperatorVertex vertex, Operator op) : IOperatorHost
{
    private readonly List<bool> _isInner = [];
    private readonly WatermarkCell? _held = op.HoldsResults ? new WatermarkCell() : null;

    public FlowTask Task { get; } = task;

    public OperatorVertex Vertex { get; } = vertex;

    public Operator Operator { get; } = op;

    public List<WatermarkCell> Inputs { get; } = [];

    public List<OutputDrain> Outputs { get; } = [];

    /// <summary>Records that came into the stage here, in this run.</summary>
    public long RecordsIn { get; private set; }

    /// <summary>Records and tombstones that left the stage here, in this run.</summary>
    public long RecordsOut
    {
        get
        {
            long records = 0;
            for (int i = 0; i < Outputs.Count; i++)
            {
                if (!_isInner[i]) records += Outputs[i].Records;
            }

            return records;
        }
    }

    /// <summary>Those of both that are in the metrics.</summary>
    public (long In, long Out) Counted { get; set; }

    /// <summary>How long the operator has worked, without those behind it; in ticks of the clock, since it was last taken.</summary>
    public OwnTime Worked { get; } = new(task.Context);

    /// <summary>What the operator has stored; null where it has no state.</summary>
    public Changelog? Changelog { get; set; }

    /// <summary>How far event time has come in the operator.</summary>
    public WatermarkCell Clock { get; } = new();

    /// <summary>How far it has come behind the operator: not beyond results that wait for the end of the epoch.</summary>
    public WatermarkCell OutputClock => _held ?? Clock;

    public long LateRecords => Operator.LateRecords;

    public void AddOutput(OutputDrain drain, bool isInner)
    {
        Outputs.Add(drain);
        _isInner.Add(isInner);
    }

    public void BeginBatch(int entering)
    {
        Task.Context.Running = this;
        RecordsIn += entering;
        Worked.Begin();
    }

    public void EndBatch()
    {
        Operator.EndBatch();
        Deliver();
        Worked.End();
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
        if (!isIdle) MoveTo(minimum);
    }

    /// <summary>Closes every window: the input has ended. The end is no watermark and is not kept.</summary>
    public void EndTime() => AdvanceTo(long.MaxValue);

    /// <summary>Goes on with the watermark of the last commit.</summary>
    public void Restore(long watermark)
    {
        MoveTo(watermark);
        _held?.Raise(watermark);
    }

    public void EndEpoch()
    {
        Task.Context.Running = this;
        Operator.EndEpoch();
        Deliver();
        if (_held is null) return;
        _held.IsIdle = Clock.IsIdle;
        _held.Raise(Clock.Watermark);
    }

    /// <summary>Results first, then the clock: a batch that leaves amid the results must not say that their time has passed.</summary>
    private void MoveTo(long watermark)
    {
        if (watermark <= Clock.Watermark) return;
        AdvanceTo(watermark);
        Clock.Raise(watermark);
    }

    private void AdvanceTo(long watermark)
    {
        Task.Context.Running = this;
        Worked.Begin();
        Operator.Advance(watermark);
        Deliver();
        Worked.End();
    }

    private void Deliver()
    {
        foreach (OutputDrain output in Outputs) output.Deliver();
    }
}
