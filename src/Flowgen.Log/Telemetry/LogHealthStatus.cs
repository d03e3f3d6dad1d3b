namespace Flowgen.Log;

/// <summary>How well a log is; the later, the worse.</summary>
public enum LogHealthStatus
{
    /// <summary>All is well.</summary>
    Healthy,

    /// <summary>Work in the background fails, such as retention or compaction; reading and writing go on.</summary>
    HousekeepingFailing,

    /// <summary>The last commit could not be written. It left nothing; writing goes on by itself as soon as it can.</summary>
    WritesFailing,

    /// <summary>The last commit did not fit on the disk. It left nothing; writing goes on by itself as soon as there is room.</summary>
    DiskFull,

    /// <summary>A reader has met damaged bytes. Everything else can be read and written.</summary>
    CorruptionSeen,

    /// <summary>Nothing is acknowledged any more or, where the log is open to read only, nothing newer is shown: the log has to be closed and opened again.</summary>
    Poisoned,
}
