namespace Flowgen.TestKit.Simulation;

/// <summary>What a program does to a disk.</summary>
public enum DiskOperation
{
    CreateFile,
    Write,
    Truncate,
    Reserve,
    Sync,
    CreateDirectory,
    SyncDirectory,
    Rename,
    Delete,
    Link,
    DeleteDirectory,
}
