namespace Flowgen.Log.Files;

/// <summary>How a file is opened.</summary>
public enum FileOpenMode
{
    /// <summary>It has to exist.</summary>
    Existing,

    /// <summary>It is created, or emptied if it exists.</summary>
    Create,

    /// <summary>It has to exist, and is only read.</summary>
    ReadOnly,
}
