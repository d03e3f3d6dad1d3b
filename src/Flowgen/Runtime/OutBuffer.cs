using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>What a step has emitted and the engine has not yet taken: the output of one operator for one topic or stream.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class OutBuffer
{
    /// <summary>Number of records and tombstones in the buffer.</summary>
    public int Count { get; protected set; }

    /// <summary>Empties the buffer and keeps its memory.</summary>
    public abstract void Clear();
}

/// <summary>The output of one operator for records of one type, in the order in which they were emitted.</summary>
/// <typeparam name="TRecord">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public class OutBuffer<TRecord> : OutBuffer
{
    private TRecord[] _records = new TRecord[64];
    private long[] _times = new long[64];

    /// <summary>The records, oldest first.</summary>
    public ReadOnlySpan<TRecord> Records => _records.AsSpan(0, Count);

    /// <summary>The event time of each record in Unix milliseconds.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>Appends a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="time">Its event time in Unix milliseconds.</param>
    public void Add(in TRecord record, long time)
    {
        int count = Count;
        TRecord[] records = _records;
        if ((uint)count >= (uint)records.Length)
        {
            Grow(count + 1);
            records = _records;
        }

        records[count] = record;
        _times[count] = time;
        Count = count + 1;
    }

    /// <summary>Makes room for a number of further records, so that a batch grows the buffer at most once.</summary>
    /// <param name="further">How many records may follow.</param>
    public void Reserve(int further)
    {
        if (Count + further > _records.Length) Grow(Count + further);
    }

    /// <summary>The buffer as a step sees it, for a record of the given time.</summary>
    /// <param name="time">Event time in Unix milliseconds of what the step emits.</param>
    /// <returns>A view that lives only for the call.</returns>
    public Out<TRecord> At(long time) => new(this, time);

    /// <inheritdoc/>
    public override void Clear()
    {
        if (System.Runtime.CompilerServices.RuntimeHelpers.IsReferenceOrContainsReferences<TRecord>())
            _records.AsSpan(0, Count).Clear();
        Count = 0;
    }

    private protected virtual void Grow(int needed)
    {
        int size = Math.Max(needed, _records.Length * 2);
        Array.Resize(ref _records, size);
        Array.Resize(ref _times, size);
    }
}
