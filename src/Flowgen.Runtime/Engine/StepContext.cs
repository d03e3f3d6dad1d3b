namespace Flowgen.Runtime;

/// <summary>What a worker is doing, noted once for each batch, so that an error can say where it happened. Offsets are noted as numbers,
/// because the stored batch behind an origin may be gone when they are asked for.</summary>
internal sealed class StepContext
{
    /// <summary>The operator that runs; null while what fails is no fault of a step.</summary>
    public OperatorInstance? Running { get; set; }

    /// <summary>What is being read; null while the epoch closes.</summary>
    public BatchOrigin? Reading { get; private set; }

    /// <summary>Offset of the first record of the run that is being read.</summary>
    public long FirstOffset { get; private set; }

    /// <summary>Offset of the last record of that run.</summary>
    public long LastOffset { get; private set; }

    /// <summary>A run of records is given to steps.</summary>
    /// <param name="origin">Where it came from, which knows its offsets.</param>
    /// <param name="count">Number of its records, 1 or more.</param>
    public void Read(BatchOrigin origin, int count) => Read(origin, origin.BaseOffset, origin.OffsetOf(count - 1));

    /// <summary>A run of records is given to steps.</summary>
    public void Read(BatchOrigin origin, long first, long last) => (Reading, FirstOffset, LastOffset) = (origin, first, last);

    /// <summary>What is made now is not the fault of a record.</summary>
    public void ReadNothing() => Reading = null;
}
