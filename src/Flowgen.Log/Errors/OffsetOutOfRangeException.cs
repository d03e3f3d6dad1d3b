namespace Flowgen.Log;

/// <summary>The partition has no record at that offset, and will never have one.</summary>
public sealed class OffsetOutOfRangeException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public OffsetOutOfRangeException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public OffsetOutOfRangeException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public OffsetOutOfRangeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
