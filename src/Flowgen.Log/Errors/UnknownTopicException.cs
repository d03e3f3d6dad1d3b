namespace Flowgen.Log;

/// <summary>There is no such topic, or no such partition of it.</summary>
public sealed class UnknownTopicException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public UnknownTopicException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public UnknownTopicException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public UnknownTopicException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
