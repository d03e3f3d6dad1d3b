using System.Globalization;
using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>The files of topics that are gone, or were never committed. Nothing names them any more, so that they can be deleted in any order, a part of them now and the rest later.</summary>
internal static class TopicFiles
{
    /// <summary>Deletes the directory of a topic with its partitions. What else lies in it stays.</summary>
    public static void Delete(IFileSystem files, LogLayout layout, string topic)
    {
        string directory = layout.Topic(topic);
        foreach (var partition in files.List(directory).Where(IsPartition))
            DeletePartition(files, Path.Combine(directory, partition.Name));
        if (files.List(directory).Count == 0)
            files.DeleteDirectory(directory);
        files.SyncDirectory(layout.Topics);
    }

    private static void DeletePartition(IFileSystem files, string directory)
    {
        foreach (var file in files.List(directory).Where(e => e.Kind == FileKind.File))
            files.Delete(Path.Combine(directory, file.Name));
        if (files.List(directory).Count == 0)
            files.DeleteDirectory(directory);
    }

    private static bool IsPartition(FileEntry entry) =>
        entry.Kind == FileKind.Directory && int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
