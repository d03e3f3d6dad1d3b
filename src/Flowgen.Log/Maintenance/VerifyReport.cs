namespace Flowgen.Log;

/// <summary>What a log holds, and what is wrong with it.</summary>
/// <param name="Findings">Defects and notes, in the order in which they were found.</param>
/// <param name="LastCommit">Sequence of the last commit that was looked at.</param>
/// <param name="Topics">Number of topics.</param>
/// <param name="Segments">Number of segments.</param>
/// <param name="Batches">Number of batches that are whole.</param>
/// <param name="Records">Number of records in them.</param>
/// <param name="Bytes">Bytes of the segments.</param>
public sealed record VerifyReport(IReadOnlyList<LogFinding> Findings, long LastCommit, int Topics, int Segments, long Batches, long Records, long Bytes)
{
    /// <summary>Whether something is wrong; notes do not count.</summary>
    public bool HasDefects => Findings.Any(f => f.IsDefect);
}
