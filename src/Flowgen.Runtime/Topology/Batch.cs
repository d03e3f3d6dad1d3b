using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>A run of records that an operator processes in one call: a view that lives only for the call.</summary>
/// <typeparam name="TRecord">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct Batch<TRecord>
{
    /// <summary>Describes a run of records.</summary>
    /// <param name="records">The records, in the order of their partition.</param>
    /// <param name="times">The event time of each in Unix milliseconds; may be empty where the type has an event time of its own.</param>
    /// <param name="origin">Where the records came from.</param>
    public Batch(ReadOnlySpan<TRecord> records, ReadOnlySpan<long> times, BatchOrigin origin)
    {
        Records = records;
        Times = times;
        Origin = origin;
    }

    /// <summary>The records, in the order of their partition.</summary>
    public ReadOnlySpan<TRecord> Records { get; }

    /// <summary>The event time of each record in Unix milliseconds. May be empty where the type has an event time of its own: read it from the record.</summary>
    public ReadOnlySpan<long> Times { get; }

    /// <summary>Where the records came from.</summary>
    public BatchOrigin Origin { get; }
}
