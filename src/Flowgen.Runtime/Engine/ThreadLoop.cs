namespace Flowgen.Runtime;

/// <summary>A loop with a thread of its own.</summary>
internal sealed class ThreadLoop(string name, Func<LoopStep> step) : ILoop
{
    private readonly object _rest = new();
    private int _wakes = 1; // since the loop last found nothing to do

    public void Start() => new Thread(Run) { IsBackground = true, Name = name }.Start();

    public void Wake()
    {
        if (Interlocked.Increment(ref _wakes) != 1) return;
        lock (_rest) Monitor.Pulse(_rest);
    }

    private void Run()
    {
        while (true)
        {
            int seen = Volatile.Read(ref _wakes);
            LoopStep found = step();
            if (found == LoopStep.Ended) return;
            if (found == LoopStep.Idle && Interlocked.CompareExchange(ref _wakes, 0, seen) == seen) Rest();
        }
    }

    private void Rest()
    {
        lock (_rest)
        {
            while (Volatile.Read(ref _wakes) == 0) Monitor.Wait(_rest);
        }
    }
}
