namespace Flowgen.Runtime;

/// <summary>A topic as its record type declares it.</summary>
/// <param name="Name">Name of the topic.</param>
/// <param name="Partitions">Number of partitions, 1 to 4096.</param>
/// <param name="Cleanup">What happens to old records.</param>
/// <param name="RetentionMs">How long records are kept, in milliseconds; -1 for ever, null takes the default of the log.</param>
public sealed record TopicDeclaration(string Name, int Partitions, Cleanup Cleanup = Cleanup.Delete, long? RetentionMs = null)
{
    /// <summary>Most bytes of a record: key, value and headers, but no more than the log takes at all; null takes that of the log.</summary>
    public int? MaxRecordBytes { get; init; }
}
