namespace Flowgen.Log;

/// <summary>Where a record is.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">Its offset in the partition.</param>
/// <param name="Timestamp">Its time in Unix milliseconds: that of its sender or, in a topic with <see cref="TimestampType.LogAppendTime"/>, that of the append.</param>
public readonly record struct RecordPosition(string Topic, int Partition, long Offset, long Timestamp);
