namespace Flowgen.Log;

/// <summary>There is a topic of that name, with other settings than those asked for.</summary>
public sealed class TopicMismatchException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public TopicMismatchException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public TopicMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public TopicMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
