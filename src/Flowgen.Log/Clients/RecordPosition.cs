namespace Flowgen.Log;

/// <summary>Where a record is.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">Its offset in the partition.</param>
public readonly record struct RecordPosition(string Topic, int Partition, long Offset);
