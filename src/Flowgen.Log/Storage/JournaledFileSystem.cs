using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>
/// The files of a log that nobody has opened since its owner ended: segments show the journaled bytes, too, which opening would write into
/// them. Nothing can be changed.
/// </summary>
internal sealed class JournaledFileSystem(IFileSystem files) : ReadOnlyFileSystem(files)
{
    /// <summary>The journal, as soon as it is known.</summary>
    public Journal? Journal { get; set; }

    public override IFile Open(string path, FileOpenMode mode)
    {
        var (topicId, journaled) = Journal?.Of(path) ?? (0, []);
        var file = base.Open(path, mode);
        return journaled.Count == 0 || IsNewer(file, topicId) ? file : new JournaledFile(file, journaled);
    }

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
