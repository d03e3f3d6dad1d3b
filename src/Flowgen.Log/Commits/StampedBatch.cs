namespace Flowgen.Log.Commits;

/// <summary>A batch of a transaction of which the log keeps track because a producer has stamped it.</summary>
/// <param name="stamp">Who sends it, and which one it is.</param>
/// <param name="records">Its records.</param>
/// <param name="chunk">Index of the chunk that holds it.</param>
/// <param name="start">Where it starts in the chunk.</param>
/// <param name="length">Bytes of it in the chunk.</param>
/// <param name="unstampedBefore">Records without stamp in the same write, behind the stamped batch before.</param>
internal struct StampedBatch(ProducerStamp stamp, int records, int chunk, int start, int length, int unstampedBefore)
{
    public readonly int Records => records;

    public readonly int Chunk => chunk;

    public readonly int UnstampedBefore => unstampedBefore;

    public ProducerStamp Stamp { get; set; } = stamp;

    public int Start { get; set; } = start;

    /// <summary>0 when its bytes are gone, because the partition has the batch already.</summary>
    public int Length { get; set; } = length;

    /// <summary>Offset of its first record: that of the first time it was appended; known when the request has been written.</summary>
    public long BaseOffset { get; set; } = -1;

    /// <summary>Whether the partition has the batch already.</summary>
    public bool IsDuplicate { get; set; }
}
