namespace Flowgen.Runtime;

/// <summary>Decides who takes the steps of a run, and when: threads, or a test on one thread in an order that it knows.</summary>
internal interface IEngineScheduler
{
    /// <summary>Makes the loop of a worker, whose steps take as long as records are there.</summary>
    ILoop CreateWorker(string name, Func<LoopStep> step);

    /// <summary>Makes a loop that rests most of the time.</summary>
    ILoop CreateHelper(string name, Func<LoopStep> step);

    /// <summary>Makes the place where the workers of a run wait for each other.</summary>
    EpochGate CreateGate(int workers);

    /// <summary>Makes what is completed in the last step of a run. Whoever waits for the end must not go on in a thread that only takes steps.</summary>
    TaskCompletionSource CreateEnd();
}
