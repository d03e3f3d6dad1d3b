namespace Flowgen.Log;

/// <summary>What a log reports of itself.</summary>
public enum LogEventKind
{
    /// <summary>Bytes without meaning behind the last commit were cut off when the log was opened, and kept aside.</summary>
    TornTail,

    /// <summary>The machine lost power while the log was open without syncs, and its last commits with it.</summary>
    CommitsLost,

    /// <summary>A commit did not fit on the disk.</summary>
    DiskFull,

    /// <summary>A commit could not be written.</summary>
    WriteFailed,

    /// <summary>Commits are written again.</summary>
    WritesResumed,

    /// <summary>A reader has met damaged bytes.</summary>
    Corruption,

    /// <summary>Work in the background has failed; it is tried again.</summary>
    HousekeepingFailed,

    /// <summary>Work in the background succeeds again.</summary>
    HousekeepingRecovered,

    /// <summary>Nothing is acknowledged any more or, where the log is open to read only, nothing newer is shown.</summary>
    Poisoned,
}
