namespace Flowgen.Runtime;

/// <summary>A loop that takes its steps on the thread pool.</summary>
internal sealed class PooledLoop(Func<LoopStep> step) : ILoop, IThreadPoolWorkItem
{
    private int _wakes; // since the loop last found nothing to do; not 0 after its end

    public void Start() => Wake();

    public void Wake()
    {
        if (Interlocked.Increment(ref _wakes) == 1) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        while (true)
        {
            int seen = Volatile.Read(ref _wakes);
            LoopStep found = step();
            if (found == LoopStep.Ended) return;
            if (found == LoopStep.Idle && Interlocked.CompareExchange(ref _wakes, 0, seen) == seen) return;
        }
    }
}
