namespace Flowgen.Log.Files;

/// <summary>Tells a full disk from a broken one.</summary>
internal static class DiskSpace
{
    private const int NoSpace = 28; // ENOSPC
    private const int LinuxQuota = 122; // EDQUOT
    private const int MacQuota = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    public static bool IsUsedUp(IOException failure) => failure is FileNotWrittenException notWritten ? notWritten.IsForLackOfRoom : failure.HResult switch
    {
        NoSpace or WindowsDiskFull or WindowsHandleDiskFull => true,
        LinuxQuota => OperatingSystem.IsLinux(),
        MacQuota => OperatingSystem.IsMacOS(),
        _ => false,
    };

    /// <summary>What to tell of a commit that failed and of which nothing is left.</summary>
    public static LogWriteException Explain(IOException failure) => IsUsedUp(failure)
        ? new DiskFullException($"There is no room for a commit: {failure.Message} Nothing of the commit is left; make room and commit again, the log need not be opened anew.", failure)
        : new LogWriteException($"A commit could not be written: {failure.Message} Nothing of the commit is left; repair the disk and commit again.", failure);
}
