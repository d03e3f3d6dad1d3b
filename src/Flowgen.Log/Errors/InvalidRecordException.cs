namespace Flowgen.Log;

/// <summary>The topic does not take such a record: a compacted topic takes none without key.</summary>
public sealed class InvalidRecordException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public InvalidRecordException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public InvalidRecordException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidRecordException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
