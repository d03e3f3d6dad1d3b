namespace Flowgen.Log.Files;

/// <summary>
/// A directory could not be opened to be synced, because the process has too many files open, for instance. The disk was asked for nothing, so
/// that nothing is lost by asking later; a sync that has failed must not be tried again.
/// </summary>
public sealed class SyncNotStartedException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="cause">Why it could not be opened.</param>
    public SyncNotStartedException(string path, IOException cause)
        : base($"The directory '{path}' could not be opened to be synced: {Reason(cause)}", cause) => HResult = cause.HResult;

    private static string Reason(IOException? cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return cause.Message;
    }
}
