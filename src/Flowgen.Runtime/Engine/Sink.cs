namespace Flowgen.Runtime;

/// <summary>Writes what a task emits to a topic.</summary>
internal abstract class Sink
{
    /// <summary>Records and tombstones written in this run.</summary>
    public long Records { get; protected set; }

    /// <summary>Hands over what is still in buffers: the epoch closes.</summary>
    public abstract void Flush();
}

internal abstract class Sink<TRecord> : Sink
{
    public abstract void Write(ReadOnlySpan<TRecord> records, ReadOnlySpan<long> times);

    public abstract void WriteTombstone(TombstoneReader<TRecord> tombstones, OutBuffer<TRecord> buffer, int tombstone, long time);
}
