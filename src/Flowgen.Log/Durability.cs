namespace Flowgen.Log;

/// <summary>What an acknowledged commit survives.</summary>
public enum Durability
{
    /// <summary>The kill of the process and the loss of power: files are synced before a commit is acknowledged.</summary>
    Durable,

    /// <summary>
    /// The kill of the process only. After a loss of power or a crash of the operating system the last commits may be gone: the log opens with
    /// the commits before the first one that is not whole, and <see cref="RecoveryReport.LostCommits"/> says how many were found behind it.
    /// Opening after a kill reads what was written since the commit log last began a new file, to find out.
    /// </summary>
    OsBuffered,
}
