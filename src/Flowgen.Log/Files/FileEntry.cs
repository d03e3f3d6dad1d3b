namespace Flowgen.Log.Files;

/// <summary>An entry of a directory.</summary>
/// <param name="Name">Its name, without the directory.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct FileEntry(string Name, FileKind Kind);
