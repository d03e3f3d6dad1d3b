namespace Flowgen.Runtime;

/// <summary>What a worker is doing, noted once for each batch, so that an error can say where it happened.</summary>
internal sealed class StepContext
{
    /// <summary>The operator that runs.</summary>
    public OperatorInstance? Running { get; set; }

    /// <summary>What is being read; null while the epoch closes.</summary>
    public BatchOrigin? Reading { get; set; }

    /// <summary>Number of records of the run that is being read.</summary>
    public int ReadingCount { get; set; }
}
