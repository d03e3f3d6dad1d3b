namespace Flowgen.Runtime;

/// <summary>How one reader of a source takes its time: newest event time minus the disorder that the reader allows.</summary>
internal sealed class SourceClock(long outOfOrder, long idle)
{
    public long OutOfOrder { get; } = outOfOrder;

    public long Idle { get; } = idle;

    public WatermarkCell Cell { get; } = new();

    public void Raise(long newestTime)
    {
        Cell.IsIdle = false;
        Restore(newestTime);
    }

    public void Restore(long newestTime)
    {
        if (newestTime > long.MinValue + OutOfOrder) Cell.Raise(newestTime - OutOfOrder);
    }
}
