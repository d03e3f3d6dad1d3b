using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>
/// The files of a log that nobody has opened since its owner ended: segments show the journaled bytes, too, which opening would write into
/// them. Nothing can be changed.
/// </summary>
internal sealed class JournaledFileSystem(IFileSystem files) : IFileSystem
{
    private readonly ReadOnlyFileSystem _files = new(files);

    /// <summary>The journal, as soon as it is known.</summary>
    public Journal? Journal { get; set; }

    public IFile Open(string path, FileOpenMode mode)
    {
        var (topicId, journaled) = Journal?.Of(path) ?? (0, []);
        var file = _files.Open(path, mode);
        return journaled.Count == 0 || IsNewer(file, topicId) ? file : new JournaledFile(file, journaled);
    }

    public IReadOnlyList<FileEntry> List(string path) => _files.List(path);

    public IDisposable? TryLock(string path, out int? holder) => _files.TryLock(path, out holder);

    public void CreateDirectory(string path) => _files.CreateDirectory(path);

    public void SyncDirectory(string path) => _files.SyncDirectory(path);

    public void Rename(string from, string to) => _files.Rename(from, to);

    public void Delete(string path) => _files.Delete(path);

    public bool TryCreateLink(string existing, string path) => _files.TryCreateLink(existing, path);

    public void DeleteDirectory(string path) => _files.DeleteDirectory(path);

    // An owner who lives may have deleted the topic and created it again, which gives it a higher id. A lower one was left by a loss of power.
    private static bool IsNewer(IFile file, int topicId)
    {
        try
        {
            return SegmentHeader.TopicOf(file) > topicId;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
