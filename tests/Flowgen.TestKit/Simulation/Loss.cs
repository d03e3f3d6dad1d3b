namespace Flowgen.TestKit.Simulation;

/// <summary>What a crash does to what was not synced.</summary>
public enum Loss
{
    /// <summary>All of it is lost.</summary>
    Everything,

    /// <summary>Nothing is lost: only the process died.</summary>
    Nothing,

    /// <summary>The first writes of each file and the first changes of each directory are kept.</summary>
    Suffix,

    /// <summary>Any writes and any changes of directories are lost.</summary>
    RandomSubset,

    /// <summary>Any sectors of 512 bytes of the writes are lost.</summary>
    Torn512,

    /// <summary>Any pages of 4 KiB of the writes are lost.</summary>
    Torn4096,

    /// <summary>Sectors that were being written hold anything.</summary>
    Garbage,

    /// <summary>All writes are kept, but no name that was created, renamed or deleted.</summary>
    DirectoryEntries,

    /// <summary>All is kept but the renames.</summary>
    Renames,
}
