namespace Flowgen.Log;

/// <summary>What was found and done when the log was opened.</summary>
/// <param name="WasClosedCleanly">The log had been closed; nothing had to be done.</param>
/// <param name="TornBytes">Invalid bytes behind the last commit that were cut off. They are kept in files that end in <c>.torn</c>.</param>
/// <param name="UncommittedBytes">Whole batches behind the last commit that were cut off: nobody was told that they are there.</param>
/// <param name="TornFiles">The files with the torn bytes.</param>
public sealed record RecoveryReport(bool WasClosedCleanly, long TornBytes, long UncommittedBytes, IReadOnlyList<string> TornFiles)
{
    /// <summary>Bytes of committed batches that were written to their segments once more, because only the commit log was known to be durable.</summary>
    public long JournaledBytes { get; init; }

    /// <summary>
    /// Commits that were acknowledged without being durable (<see cref="Durability.OsBuffered"/>) and are gone: the log holds all commits before
    /// them and none behind. What was left of them is in the files that end in <c>.torn</c>.
    /// </summary>
    public long LostCommits { get; init; }
}
