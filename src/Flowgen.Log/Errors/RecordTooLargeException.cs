namespace Flowgen.Log;

/// <summary>A record or a batch is larger than the log allows.</summary>
public sealed class RecordTooLargeException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public RecordTooLargeException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public RecordTooLargeException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public RecordTooLargeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
