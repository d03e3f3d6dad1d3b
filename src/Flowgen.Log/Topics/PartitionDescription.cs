namespace Flowgen.Log;

/// <summary>What a partition holds.</summary>
/// <param name="FirstOffset">Offset of the first record that is still there.</param>
/// <param name="NextOffset">Offset that the next record will get.</param>
/// <param name="SizeInBytes">Bytes of its committed segments on disk.</param>
/// <param name="Segments">Number of segment files.</param>
public readonly record struct PartitionDescription(long FirstOffset, long NextOffset, long SizeInBytes, int Segments)
{
    /// <summary>Records that can be read; fewer where compaction has removed some.</summary>
    public long Records => NextOffset - FirstOffset;
}
