namespace Flowgen.Log;

/// <summary>What a backup holds.</summary>
/// <param name="LastCommit">The commit up to which it reaches.</param>
/// <param name="Segments">Number of segments.</param>
/// <param name="Bytes">Bytes of the segments.</param>
/// <param name="LinkedBytes">How many of them are in files that the backup shares with the log, as hard links: they take no room, and are lost with the disk.</param>
public sealed record BackupReport(long LastCommit, int Segments, long Bytes, long LinkedBytes);
