namespace Flowgen.Runtime;

/// <summary>What a step of a loop has found.</summary>
internal enum LoopStep
{
    /// <summary>Something to do: there may be more.</summary>
    Worked,

    /// <summary>Nothing to do until the loop is woken.</summary>
    Idle,

    /// <summary>The end: the loop takes no more steps.</summary>
    Ended,
}
