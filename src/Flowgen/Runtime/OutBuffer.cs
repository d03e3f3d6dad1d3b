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

    /// <summary>The event time of each record in Unix milliseconds; not set for records that were added without one, because they carry their own.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>Appends a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="time">Its event time in Unix milliseconds.</param>
    public void Add(in TRecord record, long time)
    {
        int count = Count;
        if ((uint)count >= (uint)_records.Length) Grow(count + 1);
        _records[count] = record;
        _times[count] = time;
        Count = count + 1;
    }

    /// <summary>Appends a record that carries its event time.</summary>
    /// <param name="record">The record.</param>
    public void Add(in TRecord record)
    {
        int count = Count;
        if ((uint)count >= (uint)_records.Length) Grow(count + 1);
        _records[count] = record;
        Count = count + 1;
    }

    /// <summary>Room for records that carry their event time: a loop fills it from the start and then says how many with <see cref="Commit"/>.</summary>
    /// <param name="further">How many records may follow.</param>
    /// <returns>The room behind the last record.</returns>
    public Span<TRecord> Reserve(int further)
    {
        if (Count + further > _records.Length) Grow(Count + further);
        return _records.AsSpan(Count, further);
    }

    /// <summary>Room for records and their event times: a loop fills both from the start and then says how many with <see cref="Commit"/>.</summary>
    /// <param name="further">How many records may follow.</param>
    /// <param name="times">The room for their times, in Unix milliseconds.</param>
    /// <returns>The room behind the last record.</returns>
    public Span<TRecord> Reserve(int further, out Span<long> times)
    {
        if (Count + further > _records.Length) Grow(Count + further);
        times = _times.AsSpan(Count, further);
        return _records.AsSpan(Count, further);
    }

    /// <summary>Appends what was written into the room of <see cref="Reserve(int)"/>.</summary>
    /// <param name="further">How many records, from its start.</param>
    public void Commit(int further) => Count += further;

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
