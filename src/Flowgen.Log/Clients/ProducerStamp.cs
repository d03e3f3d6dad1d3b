namespace Flowgen.Log;

/// <summary>
/// Who sends a batch, and which one it is. The log appends each batch of a producer once: a batch that it has already is acknowledged with its
/// old offset, one that leaves a gap is refused.
/// </summary>
/// <param name="ProducerId">The producer, from <see cref="FlowLog.AllocateProducerId"/>; 0 or more.</param>
/// <param name="Epoch">Its epoch; 0 or more. A newer one starts again with sequence 0 and shuts out the older ones.</param>
/// <param name="Sequence">Number of the first record of the batch among those that the producer sends to the partition, from 0 on; behind 2³¹ - 1 comes 0.</param>
public readonly record struct ProducerStamp(long ProducerId, short Epoch, int Sequence)
{
    /// <summary>Of a batch of which only the offset is noted: the log does not look whether it has it already.</summary>
    internal static ProducerStamp None { get; } = new(-1, -1, -1);

    internal bool IsNone => ProducerId < 0;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ProducerId);
        ArgumentOutOfRangeException.ThrowIfNegative(Epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(Sequence);
    }

    /// <summary>The stamp of the batch behind one of so many records.</summary>
    /// <param name="records">Records of the batch.</param>
    /// <returns>The next stamp.</returns>
    public ProducerStamp Next(int records) => this with { Sequence = Advance(Sequence, records) };

    internal static int Advance(int sequence, int records) => (int)(((uint)sequence + (uint)records) & int.MaxValue);
}
