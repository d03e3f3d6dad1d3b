namespace Flowgen.Parsing.Models;

/// <summary>What happens to the old records of a topic; as <c>Flowgen.Cleanup</c>.</summary>
public enum CleanupModel
{
    Delete,
    Compact,
    CompactAndDelete,
}

/// <summary>A topic, declared on a record type or on a marker.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partitions">Number of partitions.</param>
/// <param name="Cleanup">What happens to old records.</param>
/// <param name="RetentionMs">How long records are kept, in milliseconds; -1: forever; null: the default of the log.</param>
/// <param name="RetentionText">The duration as it was written.</param>
/// <param name="Record">The record type.</param>
/// <param name="Codec">Full name of its codec.</param>
/// <param name="Marker">The marker type, for a second topic of a record type.</param>
public sealed record TopicModel(
    string Name,
    int Partitions,
    CleanupModel Cleanup,
    long? RetentionMs,
    string? RetentionText,
    TypeRef Record,
    string Codec,
    TypeRef? Marker);
