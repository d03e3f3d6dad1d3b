namespace Flowgen.Log;

/// <summary>
/// There is no room for a commit. Nothing of it is left, and it can be tried again: as soon as there is room it succeeds, without opening the
/// log anew. Reading, retention, deleting and the offsets of groups go on meanwhile.
/// </summary>
public sealed class DiskFullException : LogWriteException
{
    /// <summary>Makes the exception.</summary>
    public DiskFullException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public DiskFullException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DiskFullException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
