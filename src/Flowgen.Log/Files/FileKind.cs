namespace Flowgen.Log.Files;

/// <summary>What an entry of a directory is.</summary>
public enum FileKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A symbolic link or the like, which the log does not follow.</summary>
    Link,
}
