namespace Flowgen.Log;

/// <summary>What was salvaged of a log, and what was lost.</summary>
/// <param name="Lost">The records that are lost.</param>
/// <param name="Findings">What is wrong with the commit files: what they said behind the damage is lost, too.</param>
/// <param name="Records">Number of records that were kept.</param>
/// <param name="Bytes">Bytes of the new segments.</param>
public sealed record SalvageReport(IReadOnlyList<LostRange> Lost, IReadOnlyList<LogFinding> Findings, long Records, long Bytes)
{
    /// <summary>
    /// Partitions whose records may be more than were committed, because no commit file was asked: a transaction that was never acknowledged or
    /// was aborted by a crash, or records that had been deleted, may be among them.
    /// </summary>
    public IReadOnlyList<TopicPartition> Uncertain { get; init; } = [];
}
