namespace Flowgen.Log.Files;

/// <summary>A file that was to be written durably could not be, and is not there. Nothing that was there before has changed.</summary>
internal sealed class FileNotWrittenException(string path, IOException cause)
    : IOException($"'{path}' could not be written: {cause.Message}", cause)
{
    /// <summary>Whether there was no room for it.</summary>
    public bool IsForLackOfRoom { get; } = DiskSpace.IsUsedUp(cause);
}
