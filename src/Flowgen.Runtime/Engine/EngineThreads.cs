namespace Flowgen.Runtime;

/// <summary>A thread for each worker, and the thread pool for the rest.</summary>
internal sealed class EngineThreads : IEngineScheduler
{
    public static EngineThreads Instance { get; } = new();

    public ILoop CreateWorker(string name, Func<LoopStep> step) => new ThreadLoop(name, step);

    public ILoop CreateHelper(string name, Func<LoopStep> step) => new PooledLoop(step);

    public EpochGate CreateGate(int workers) => new(workers);

    public TaskCompletionSource CreateEnd() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
