namespace Flowgen.Log.Files;

/// <summary>
/// Everything the log does with files, so that tests can put a simulated disk under it. Paths are absolute. Failures are
/// <see cref="IOException"/>; a method that returns has done what it says.
/// </summary>
public interface IFileSystem
{
    /// <summary>Takes the exclusive lock of a lock file, creating it if needed. The lock ends with its process, however that ends.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="holder">Process id of who has the lock, where that is known and the lock was refused.</param>
    /// <returns>The lock; disposing of it releases it. Null if somebody else has it.</returns>
    IDisposable? TryLock(string path, out int? holder);

    /// <summary>Opens a file, never through a symbolic link.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">Whether it has to exist.</param>
    /// <returns>The file, open to read and write.</returns>
    IFile Open(string path, FileOpenMode mode);

    /// <summary>Creates a directory whose parent exists; nothing happens if it exists. Durable after <see cref="SyncDirectory"/> of the parent.</summary>
    /// <param name="path">The directory.</param>
    void CreateDirectory(string path);

    /// <summary>Makes the names in a directory durable: files created, renamed and deleted in it.</summary>
    /// <param name="path">The directory.</param>
    /// <exception cref="SyncNotStartedException">It could not even be opened: it can be tried again. After any other failure it must not.</exception>
    void SyncDirectory(string path);

    /// <summary>Renames a file within its directory and replaces what has the new name, in one step.</summary>
    /// <param name="from">The old path.</param>
    /// <param name="to">The new path.</param>
    void Rename(string from, string to);

    /// <summary>Deletes a file; nothing happens if there is none.</summary>
    /// <param name="path">The file.</param>
    void Delete(string path);

    /// <summary>Gives a file a second name (a hard link). Durable after <see cref="SyncDirectory"/> of the directory of the new name.</summary>
    /// <param name="existing">The file.</param>
    /// <param name="path">The second name, which nothing has.</param>
    /// <returns>False where the file system cannot do it: copy the file then.</returns>
    bool TryCreateLink(string existing, string path);

    /// <summary>Deletes an empty directory; nothing happens if there is none.</summary>
    /// <param name="path">The directory.</param>
    void DeleteDirectory(string path);

    /// <summary>What a directory holds, in no order; empty if there is no such directory.</summary>
    /// <param name="path">The directory.</param>
    /// <returns>Its entries.</returns>
    IReadOnlyList<FileEntry> List(string path);
}
