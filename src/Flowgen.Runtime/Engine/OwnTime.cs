namespace Flowgen.Runtime;

/// <summary>How long an operator works, without those to which it hands on; measured only while somebody wants to know.</summary>
internal sealed class OwnTime(StepContext context)
{
    private long _startedAt;
    private long _outer;
    private long _ticks;

    public void Begin()
    {
        if (context.Clock is not { } clock) return;
        (_outer, context.InnerTicks) = (context.InnerTicks, 0);
        _startedAt = clock.GetTimestamp();
    }

    public void End()
    {
        if (context.Clock is not { } clock) return;
        long all = clock.GetTimestamp() - _startedAt;
        _ticks += all - context.InnerTicks;
        context.InnerTicks = _outer + all;
    }

    /// <summary>Ticks of the clock since the last call.</summary>
    public long Take()
    {
        long ticks = _ticks;
        _ticks = 0;
        return ticks;
    }
}
