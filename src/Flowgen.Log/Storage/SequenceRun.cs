namespace Flowgen.Log.Storage;

/// <summary>Records of one producer that have sequences and offsets without a gap.</summary>
internal readonly record struct SequenceRun(int FirstSequence, int Records, long BaseOffset)
{
    // Sequences start again behind 2^31: half of that is a distance that can be told from one in the other direction.
    private const int MaxRecords = 1 << 30;

    public int NextSequence => ProducerStamp.Advance(FirstSequence, Records);

    public long NextOffset => BaseOffset + Records;

    /// <summary>The offset of a batch that lies in the run, or null.</summary>
    public long? Find(int sequence, int records)
    {
        int distance = (sequence - FirstSequence) & int.MaxValue;
        return distance <= Records - records ? BaseOffset + distance : null;
    }

    /// <summary>The run with another behind it, or null where there is a gap.</summary>
    public SequenceRun? With(SequenceRun next)
    {
        if (next.FirstSequence != NextSequence || next.BaseOffset != NextOffset)
            return null;
        long records = (long)Records + next.Records;
        int forgotten = (int)Math.Max(0, records - MaxRecords);
        return new SequenceRun(ProducerStamp.Advance(FirstSequence, forgotten), (int)(records - forgotten), BaseOffset + forgotten);
    }
}
