using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>What recovery keeps of bytes that it takes out of a log: <c>{file}.{position}.torn</c> beside it. An earlier one of the same place stays.</summary>
internal static class TornFile
{
    /// <summary>Copies a part of a file, durably.</summary>
    /// <returns>The copy.</returns>
    public static string Copy(IFileSystem files, IFile source, string path, long start, long end)
    {
        string copy = FreeName(files, FormattableString.Invariant($"{path}.{start}"));
        files.CopyDurably(source, start, end, copy);
        return copy;
    }

    /// <summary>Renames a whole file. Durable after a sync of its directory.</summary>
    /// <returns>The new path.</returns>
    public static string SetAside(IFileSystem files, string path)
    {
        string aside = FreeName(files, FormattableString.Invariant($"{path}.0"));
        files.Rename(path, aside);
        return aside;
    }

    private static string FreeName(IFileSystem files, string path)
    {
        var taken = files.List(Path.GetDirectoryName(path)!).Select(e => e.Name).ToHashSet();
        string free = path + LogLayout.TornSuffix;
        for (int i = 2; taken.Contains(Path.GetFileName(free)); i++)
            free = FormattableString.Invariant($"{path}.{i}{LogLayout.TornSuffix}");
        return free;
    }
}
