namespace Flowgen.TestKit.Simulation;

/// <summary>How an operation of the disk fails.</summary>
public enum FaultKind
{
    /// <summary>EIO: nothing is done. After a failed sync the kernel takes what was not written for written; it can be read until the power is lost.</summary>
    IoError,

    /// <summary>Like <see cref="IoError"/>, but what a failed sync has not written cannot be read any more either.</summary>
    IoErrorThatForgets,

    /// <summary>ENOSPC: nothing is done.</summary>
    NoSpace,

    /// <summary>ENOSPC behind the first half of a write.</summary>
    ShortWrite,
}
