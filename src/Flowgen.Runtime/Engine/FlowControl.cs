namespace Flowgen.Runtime;

/// <summary>Bounds what is on its way between tasks: above the bound nobody reads sources, until receivers have caught up.
/// What is on its way is always taken, so that tasks never wait for each other.</summary>
internal sealed class FlowControl(long limit, Action released)
{
    private long _bytes;

    public bool IsFull => Volatile.Read(ref _bytes) > limit;

    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Release(long bytes)
    {
        long rest = Interlocked.Add(ref _bytes, -bytes);
        if (rest <= limit && rest + bytes > limit) released();
    }
}
