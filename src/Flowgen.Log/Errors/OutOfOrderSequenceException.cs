namespace Flowgen.Log;

/// <summary>A batch of a producer does not follow the last one that the partition has of it: one in between is missing, or it was sent again in other pieces. Nothing was appended.</summary>
public sealed class OutOfOrderSequenceException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public OutOfOrderSequenceException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public OutOfOrderSequenceException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public OutOfOrderSequenceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
