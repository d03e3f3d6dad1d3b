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

    /// <summary>The content of the record behind an exchange that is given to a step alone, because one like it may have made the step throw.</summary>
    public byte[]? Suspect { get; private set; }

    /// <summary>The clock with which operators measure their time; null while nobody wants to know. Changes between batches only.</summary>
    public TimeProvider? Clock { get; set; }

    /// <summary>Ticks of the operators to which the running one has handed on.</summary>
    public long InnerTicks { get; set; }

    /// <summary>What is being read, to come back to it.</summary>
    public Place Here => new(Reading, FirstOffset, LastOffset, Suspect);

    /// <summary>A run of records is given to steps.</summary>
    /// <param name="origin">Where it came from, which knows its offsets.</param>
    /// <param name="count">Number of its records, 1 or more.</param>
    public void Read(BatchOrigin origin, int count) => GoTo(new Place(origin, origin.BaseOffset, origin.OffsetOf(count - 1), null));

    /// <summary>A record is given to steps alone.</summary>
    /// <param name="origin">Where it came from; its base offset is that of the record.</param>
    /// <param name="suspect">Its content.</param>
    public void ReadOne(BatchOrigin origin, byte[] suspect) => GoTo(new Place(origin, origin.BaseOffset, origin.BaseOffset, suspect));

    public void GoTo(Place place) => (Reading, FirstOffset, LastOffset, Suspect) = (place.Reading, place.First, place.Last, place.Suspect);

    /// <summary>What is made now is not the fault of a record.</summary>
    public void ReadNothing() => Reading = null;

    /// <summary>What is being read.</summary>
    internal readonly record struct Place(BatchOrigin? Reading, long First, long Last, byte[]? Suspect);
}
