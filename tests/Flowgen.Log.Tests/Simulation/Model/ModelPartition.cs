namespace Flowgen.Log.Tests.Simulation;

/// <summary>The records that were acknowledged, from the first offset on.</summary>
internal sealed class ModelPartition
{
    /// <summary>Every record that may still be there, by offset.</summary>
    public List<ModelRecord> Records { get; private init; } = [];

    /// <summary>The first offset that must be there.</summary>
    public long FirstOffset { get; set; }

    /// <summary>Retention may have deleted what lies before this offset.</summary>
    public long MayStartAt { get; set; }

    public long NextOffset { get; set; }

    public void Append(params IEnumerable<ModelRecord> records)
    {
        foreach (var record in records)
            Records.Add(record with { Offset = NextOffset++ });
    }

    public void DeleteBefore(long offset)
    {
        FirstOffset = Math.Max(FirstOffset, offset);
        MayStartAt = Math.Max(MayStartAt, offset);
        Records.RemoveAll(r => r.Offset < FirstOffset);
    }

    public ModelPartition Clone() => new() { Records = [.. Records], FirstOffset = FirstOffset, MayStartAt = MayStartAt, NextOffset = NextOffset };
}
