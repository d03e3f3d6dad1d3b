namespace Flowgen.Log;

/// <summary>What an acknowledged commit survives.</summary>
public enum Durability
{
    /// <summary>The kill of the process and the loss of power: files are synced before a commit is acknowledged.</summary>
    Durable,

    /// <summary>
    /// The kill of the process only. After a loss of power or a crash of the operating system the last commits may be gone, and the log
    /// may have to be restored from a backup because its files are at different points in time.
    /// </summary>
    OsBuffered,
}
